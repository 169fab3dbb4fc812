#pragma once

#include <cstddef>
#include <cstdint>

/// Numbers of the zip format (PKWARE: APPNOTE.TXT, 4.3 and 4.4).
namespace gradwalk::zip {

// Signatures, and the length of each structure without its names and comments.
inline constexpr std::uint32_t local_header = 0x04034b50, directory_entry = 0x02014b50, end_of_directory = 0x06054b50,
                               zip64_end = 0x06064b50, zip64_locator = 0x07064b50;
inline constexpr std::size_t local_header_size = 30, directory_entry_size = 46, end_size = 22, zip64_end_size = 56,
                             zip64_locator_size = 20, longest_comment = 0xffff;

// With their zip64 fields: what a member adds beside its name and bytes, in the local header and in the directory, and
// what the archive ends with.
inline constexpr std::size_t largest_member_headers = local_header_size + 20 + directory_entry_size + 28,
                             largest_end = zip64_end_size + zip64_locator_size + end_size;

// A field with this value has its true one in the zip64 structures.
inline constexpr std::uint16_t in_zip64_16 = 0xffff;
inline constexpr std::uint32_t in_zip64_32 = 0xffffffff;
inline constexpr std::uint16_t zip64_field = 1;  // the extra field that holds it

inline constexpr std::uint16_t version_plain = 20, version_zip64 = 45;
inline constexpr std::uint16_t flag_encrypted = 1, flag_utf8 = 0x800;
inline constexpr std::uint16_t method_stored = 0, method_deflated = 8;
inline constexpr std::uint16_t midnight = 0, first_of_january_1980 = 0x21;

}  // namespace gradwalk::zip
