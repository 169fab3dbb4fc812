#include <cstdint>

#include "bytes.hpp"
#include "crc.hpp"
#include "zip.hpp"
#include "zip_format.hpp"

namespace gradwalk {
namespace {

struct Placed {
  std::string_view name;
  std::uint64_t size = 0, offset = 0;
  std::uint32_t crc = 0;

  bool is_large() const { return size >= zip::in_zip64_32 || offset >= zip::in_zip64_32; }
};

/// The fields that the local header and the directory share, from "version needed" to the length of the name.
void put_shared_fields(std::string& out, const Placed& member, bool large) {
  const std::uint32_t size = large ? zip::in_zip64_32 : static_cast<std::uint32_t>(member.size);
  put_little<std::uint16_t>(out, large ? zip::version_zip64 : zip::version_plain);
  put_little<std::uint16_t>(out, zip::flag_utf8);
  put_little<std::uint16_t>(out, zip::method_stored);
  put_little<std::uint16_t>(out, zip::midnight);
  put_little<std::uint16_t>(out, zip::first_of_january_1980);
  put_little<std::uint32_t>(out, member.crc);
  put_little<std::uint32_t>(out, size);  // packed
  put_little<std::uint32_t>(out, size);
  put_little<std::uint16_t>(out, static_cast<std::uint16_t>(member.name.size()));
}

void put_local_header(std::string& out, const Placed& member) {
  const bool large = member.size >= zip::in_zip64_32;
  put_little<std::uint32_t>(out, zip::local_header);
  put_shared_fields(out, member, large);
  put_little<std::uint16_t>(out, large ? 20 : 0);  // length of the extra field
  out += member.name;
  if (large) {
    put_little<std::uint16_t>(out, zip::zip64_field);
    put_little<std::uint16_t>(out, 16);
    put_little<std::uint64_t>(out, member.size);  // packed
    put_little<std::uint64_t>(out, member.size);
  }
}

void put_directory_entry(std::string& out, const Placed& member) {
  const bool large = member.is_large();
  put_little<std::uint32_t>(out, zip::directory_entry);
  put_little<std::uint16_t>(out, large ? zip::version_zip64 : zip::version_plain);  // made by
  put_shared_fields(out, member, large);
  put_little<std::uint16_t>(out, large ? 28 : 0);  // length of the extra field
  put_little<std::uint16_t>(out, 0);               // of the comment
  put_little<std::uint16_t>(out, 0);               // disk
  put_little<std::uint16_t>(out, 0);               // internal attributes
  put_little<std::uint32_t>(out, 0);               // external attributes
  put_little<std::uint32_t>(out, large ? zip::in_zip64_32 : static_cast<std::uint32_t>(member.offset));
  out += member.name;
  if (large) {
    put_little<std::uint16_t>(out, zip::zip64_field);
    put_little<std::uint16_t>(out, 24);
    put_little<std::uint64_t>(out, member.size);
    put_little<std::uint64_t>(out, member.size);  // packed
    put_little<std::uint64_t>(out, member.offset);
  }
}

void put_zip64_end(std::string& out, std::uint64_t members, std::uint64_t size, std::uint64_t offset) {
  const std::uint64_t at = out.size();
  put_little<std::uint32_t>(out, zip::zip64_end);
  put_little<std::uint64_t>(out, 44);  // length of what follows
  put_little<std::uint16_t>(out, zip::version_zip64);
  put_little<std::uint16_t>(out, zip::version_zip64);
  put_little<std::uint32_t>(out, 0);  // this disk
  put_little<std::uint32_t>(out, 0);  // disk of the directory
  put_little<std::uint64_t>(out, members);
  put_little<std::uint64_t>(out, members);
  put_little<std::uint64_t>(out, size);
  put_little<std::uint64_t>(out, offset);

  put_little<std::uint32_t>(out, zip::zip64_locator);
  put_little<std::uint32_t>(out, 0);  // disk
  put_little<std::uint64_t>(out, at);
  put_little<std::uint32_t>(out, 1);  // disks
}

void put_end(std::string& out, std::uint64_t members, std::uint64_t size, std::uint64_t offset) {
  const bool large = members >= zip::in_zip64_16 || size >= zip::in_zip64_32 || offset >= zip::in_zip64_32;
  if (large) put_zip64_end(out, members, size, offset);
  const auto count = large ? zip::in_zip64_16 : static_cast<std::uint16_t>(members);
  put_little<std::uint32_t>(out, zip::end_of_directory);
  put_little<std::uint16_t>(out, 0);  // this disk
  put_little<std::uint16_t>(out, 0);  // disk of the directory
  put_little<std::uint16_t>(out, count);
  put_little<std::uint16_t>(out, count);
  put_little<std::uint32_t>(out, large ? zip::in_zip64_32 : static_cast<std::uint32_t>(size));
  put_little<std::uint32_t>(out, large ? zip::in_zip64_32 : static_cast<std::uint32_t>(offset));
  put_little<std::uint16_t>(out, 0);  // length of the comment
}

}  // namespace

std::string make_zip(const std::vector<std::pair<std::string, std::string>>& members) {
  std::size_t size = zip::largest_end;
  for (const auto& [name, bytes] : members) size += bytes.size() + 2 * name.size() + zip::largest_member_headers;
  std::string out;
  out.reserve(size);
  std::vector<Placed> placed;
  for (const auto& [name, bytes] : members) {
    placed.push_back({.name = name, .size = bytes.size(), .offset = out.size(), .crc = crc_of(bytes)});
    put_local_header(out, placed.back());
    out += bytes;
  }
  const std::uint64_t offset = out.size();
  for (const Placed& member : placed) put_directory_entry(out, member);
  put_end(out, members.size(), out.size() - offset, offset);
  return out;
}

}  // namespace gradwalk
