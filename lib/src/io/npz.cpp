#include "gradwalk/nn/npz.hpp"

#include <algorithm>
#include <utility>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "one_line.hpp"
#include "zip.hpp"

namespace gradwalk {
namespace {

constexpr std::string_view ending = ".npy";

std::string member_of(std::string_view array_name) { return std::string(array_name).append(ending); }

std::string list(const std::vector<std::string>& names) {
  constexpr std::size_t most = 20;
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), most); ++i) text += (i == 0 ? "" : ", ") + one_line(names[i]);
  return names.empty() ? "nothing" : names.size() > most ? text + ", …" : text;
}

}  // namespace

void NpzWriter::add_array(std::string_view name, const NpyArray& array) { add_file(member_of(name), to_npy(array)); }

void NpzWriter::add_file(std::string_view name, std::string bytes) {
  if (!names_.emplace(name).second) throw ShapeError("the archive holds " + std::string(name) + " already");
  members_.emplace_back(name, std::move(bytes));
}

std::string NpzWriter::bytes() const { return make_zip(members_); }

void NpzWriter::write(const std::filesystem::path& path) const { write_file(path, bytes()); }

NpzReader::NpzReader(const std::filesystem::path& path) : NpzReader(read_file(path), path.string()) {}

NpzReader::NpzReader(std::string bytes, std::string name)
    : archive_(std::make_shared<const ZipArchive>(std::move(bytes), std::move(name))) {
  for (const std::string& member : archive_->member_names()) {
    if (member.ends_with(ending)) {
      array_names_.push_back(member.substr(0, member.size() - ending.size()));
    } else {
      file_names_.push_back(member);
    }
  }
}

bool NpzReader::has_array(std::string_view name) const { return archive_->contains(member_of(name)); }
bool NpzReader::has_file(std::string_view name) const { return archive_->contains(name); }

NpyArray NpzReader::array(std::string_view name) const {
  if (!has_array(name)) {
    throw InputError(archive_->name() + ": it has no array " + one_line(name) + "; it has " + list(array_names_));
  }
  return parse_npy(archive_->extract(member_of(name)), archive_->name() + ": " + one_line(name));
}

std::string NpzReader::file(std::string_view name) const {
  if (!has_file(name)) {
    throw InputError(archive_->name() + ": it has no file " + one_line(name) + "; it has " + list(file_names_));
  }
  return archive_->extract(name);
}

}  // namespace gradwalk
