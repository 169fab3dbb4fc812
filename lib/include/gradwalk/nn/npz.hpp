#pragma once

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gradwalk/nn/npy.hpp"

namespace gradwalk {

class ZipArchive;

/// Arrays by name, and other files beside them, as numpy.savez writes them: a zip archive in which array "step0/x" is
/// the member "step0/x.npy" (PKWARE: APPNOTE.TXT, .ZIP File Format Specification; the arrays: npy.hpp).
class NpzWriter {
 public:
  /// Throws ShapeError when the shape does not fit the values, or the name stands in the archive already.
  void add_array(std::string_view name, const NpyArray& array);
  /// A member that is no array, such as record.json. Throws ShapeError when the name stands in the archive already.
  void add_file(std::string_view name, std::string bytes);

  /// The archive: stored, not compressed, and without the time of day, so the same content gives the same bytes.
  std::string bytes() const;
  /// Throws InputError when the file cannot be written.
  void write(const std::filesystem::path& path) const;

 private:
  std::vector<std::pair<std::string, std::string>> members_;  // name in the archive, bytes
  std::set<std::string> names_;
};

/// Reads what NpzWriter, numpy.savez or numpy.savez_compressed wrote. Everything throws InputError with the name of the
/// archive and of the member when it is damaged, cut off, or not such an archive.
class NpzReader {
 public:
  explicit NpzReader(const std::filesystem::path& path);
  /// The bytes of an archive, which the messages call `name`.
  NpzReader(std::string bytes, std::string name);

  /// Names of all arrays and of all other files, in the order of the archive.
  const std::vector<std::string>& array_names() const { return array_names_; }
  const std::vector<std::string>& file_names() const { return file_names_; }
  bool has_array(std::string_view name) const;
  bool has_file(std::string_view name) const;

  /// Throws InputError naming the arrays that there are when there is none of this name, and when it is damaged.
  NpyArray array(std::string_view name) const;
  /// The bytes of another file. Throws as `array` does.
  std::string file(std::string_view name) const;

 private:
  std::shared_ptr<const ZipArchive> archive_;
  std::vector<std::string> array_names_, file_names_;
};

}  // namespace gradwalk
