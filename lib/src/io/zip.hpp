#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace gradwalk {

// Zip archives, as far as .npz needs them (PKWARE: APPNOTE.TXT, version 6.3): members stored or deflated, zip64 for
// what is large or many; no encryption, no archive over several files.

/// An archive of the members (name, bytes), in this order, stored, dated 1 January 1980.
std::string make_zip(const std::vector<std::pair<std::string, std::string>>& members);

/// An archive in memory. Everything throws InputError when the archive is damaged; sizes are checked before they are
/// believed, so memory stays in proportion to the file.
class ZipArchive {
 public:
  /// `name` is what the messages call the archive.
  ZipArchive(std::string bytes, std::string name);

  const std::string& name() const { return name_; }
  std::vector<std::string> member_names() const;
  bool contains(std::string_view member) const { return by_name_.contains(std::string(member)); }
  /// The unpacked bytes of a member, checked against their CRC-32.
  std::string extract(std::string_view member) const;

 private:
  struct Member {
    std::string name;
    std::uint16_t method = 0;
    std::uint32_t crc = 0;
    std::uint64_t packed_size = 0, size = 0, local_header = 0;
  };
  struct Directory {
    std::uint64_t members = 0, size = 0, offset = 0;
  };

  [[noreturn]] void fail(const std::string& what) const;
  Directory find_directory() const;
  std::size_t read_member(std::size_t at);  // returns where the next one is
  std::string_view packed_bytes(const Member& member) const;
  std::optional<std::string> unpack(const Member& member) const;

  std::string bytes_, name_;
  std::vector<Member> members_;
  std::unordered_map<std::string, std::size_t> by_name_;
};

}  // namespace gradwalk
