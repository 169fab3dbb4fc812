#include <optional>

#include "bytes.hpp"
#include "crc.hpp"
#include "gradwalk/nn/error.hpp"
#include "inflate.hpp"
#include "one_line.hpp"
#include "zip.hpp"
#include "zip_format.hpp"

namespace gradwalk {
namespace {

/// True when [at, at + size) lies within the bytes; none of the sums can overflow.
bool holds(std::string_view bytes, std::uint64_t at, std::uint64_t size) {
  return at <= bytes.size() && size <= bytes.size() - at;
}

bool has_signature(std::string_view bytes, std::uint64_t at, std::uint32_t signature, std::size_t size) {
  return holds(bytes, at, size) && little_at<std::uint32_t>(bytes, at) == signature;
}

/// The content of the extra field `id` among `fields`.
std::optional<std::string_view> extra_field(std::string_view fields, std::uint16_t id) {
  while (fields.size() >= 4) {
    const auto found = little_at<std::uint16_t>(fields, 0);
    const std::size_t size = little_at<std::uint16_t>(fields, 2);
    fields.remove_prefix(4);
    if (size > fields.size()) break;
    if (found == id) return fields.substr(0, size);
    fields.remove_prefix(size);
  }
  return std::nullopt;
}

}  // namespace

ZipArchive::ZipArchive(std::string bytes, std::string name) : bytes_(std::move(bytes)), name_(std::move(name)) {
  const Directory directory = find_directory();
  if (!holds(bytes_, directory.offset, directory.size)) fail("its directory lies outside the file");
  if (directory.members > directory.size / zip::directory_entry_size) fail("its directory is shorter than it says");
  std::size_t at = directory.offset;
  for (std::uint64_t i = 0; i < directory.members; ++i) at = read_member(at);
}

void ZipArchive::fail(const std::string& what) const { throw InputError(name_ + ": " + what); }

ZipArchive::Directory ZipArchive::find_directory() const {
  if (!bytes_.starts_with("PK")) fail("this is not an .npz file (not a zip archive)");
  // The end record is last but for a comment of any length up to 65535.
  const std::size_t furthest = zip::end_size + zip::longest_comment;
  const std::size_t stop = bytes_.size() > furthest ? bytes_.size() - furthest : 0;
  std::size_t end = bytes_.size() < zip::end_size ? 0 : bytes_.size() - zip::end_size;
  while (end > stop && !has_signature(bytes_, end, zip::end_of_directory, zip::end_size)) --end;
  if (!has_signature(bytes_, end, zip::end_of_directory, zip::end_size)) {
    fail("the archive is cut off (its directory is missing)");
  }

  if (end >= zip::zip64_locator_size &&
      has_signature(bytes_, end - zip::zip64_locator_size, zip::zip64_locator, zip::zip64_locator_size)) {
    const auto at = little_at<std::uint64_t>(bytes_, end - zip::zip64_locator_size + 8);
    if (!has_signature(bytes_, at, zip::zip64_end, zip::zip64_end_size)) fail("its zip64 directory is missing");
    return {.members = little_at<std::uint64_t>(bytes_, at + 32),
            .size = little_at<std::uint64_t>(bytes_, at + 40),
            .offset = little_at<std::uint64_t>(bytes_, at + 48)};
  }
  return {.members = little_at<std::uint16_t>(bytes_, end + 10),
          .size = little_at<std::uint32_t>(bytes_, end + 12),
          .offset = little_at<std::uint32_t>(bytes_, end + 16)};
}

std::size_t ZipArchive::read_member(std::size_t at) {
  if (!has_signature(bytes_, at, zip::directory_entry, zip::directory_entry_size)) fail("its directory is damaged");
  const std::size_t name_size = little_at<std::uint16_t>(bytes_, at + 28);
  const std::size_t extra_size = little_at<std::uint16_t>(bytes_, at + 30);
  const std::size_t comment_size = little_at<std::uint16_t>(bytes_, at + 32);
  const std::size_t names = at + zip::directory_entry_size;
  if (!holds(bytes_, names, name_size + extra_size + comment_size)) fail("its directory is damaged");

  Member member{.name = bytes_.substr(names, name_size),
                .method = little_at<std::uint16_t>(bytes_, at + 10),
                .crc = little_at<std::uint32_t>(bytes_, at + 16),
                .packed_size = little_at<std::uint32_t>(bytes_, at + 20),
                .size = little_at<std::uint32_t>(bytes_, at + 24),
                .local_header = little_at<std::uint32_t>(bytes_, at + 42)};
  if ((little_at<std::uint16_t>(bytes_, at + 8) & zip::flag_encrypted) != 0)
    fail(one_line(member.name) + " is encrypted");

  // The zip64 field holds only those numbers that did not fit, in this order.
  const std::string_view extra = std::string_view(bytes_).substr(names + name_size, extra_size);
  std::string_view wide = extra_field(extra, zip::zip64_field).value_or("");
  for (std::uint64_t* number : {&member.size, &member.packed_size, &member.local_header}) {
    if (*number != zip::in_zip64_32) continue;
    if (wide.size() < 8) fail("its directory is damaged");
    *number = little_at<std::uint64_t>(wide, 0);
    wide.remove_prefix(8);
  }
  if (!by_name_.emplace(member.name, members_.size()).second)
    fail("it has two members called " + one_line(member.name));
  members_.push_back(std::move(member));
  return names + name_size + extra_size + comment_size;
}

std::vector<std::string> ZipArchive::member_names() const {
  std::vector<std::string> names;
  for (const Member& member : members_) names.push_back(member.name);
  return names;
}

std::string_view ZipArchive::packed_bytes(const Member& member) const {
  if (!has_signature(bytes_, member.local_header, zip::local_header, zip::local_header_size)) {
    fail("the header of " + one_line(member.name) + " is missing");
  }
  const std::uint64_t begin = member.local_header + zip::local_header_size +
                              little_at<std::uint16_t>(bytes_, member.local_header + 26) +
                              little_at<std::uint16_t>(bytes_, member.local_header + 28);
  if (!holds(bytes_, begin, member.packed_size)) fail(one_line(member.name) + " is cut off");
  return std::string_view(bytes_).substr(begin, member.packed_size);
}

std::optional<std::string> ZipArchive::unpack(const Member& member) const {
  const std::string_view packed = packed_bytes(member);
  if (member.method == zip::method_deflated) return inflate_raw(packed, member.size);
  if (member.method != zip::method_stored) {
    fail(one_line(member.name) + " is packed by method " + std::to_string(member.method) +
         ", which gradwalk cannot unpack");
  }
  return member.size == packed.size() ? std::optional(std::string(packed)) : std::nullopt;
}

std::string ZipArchive::extract(std::string_view name) const {
  const auto found = by_name_.find(std::string(name));
  if (found == by_name_.end()) fail("it has no member " + one_line(name));
  const Member& member = members_[found->second];
  std::optional<std::string> bytes = unpack(member);
  if (!bytes || crc_of(*bytes) != member.crc) {
    fail(one_line(member.name) + " is damaged (its checksum is wrong)");
  }
  return *std::move(bytes);
}

}  // namespace gradwalk
