#pragma once

#include <zlib.h>

#include <cstdint>
#include <string_view>

namespace gradwalk {

/// The CRC-32 of a zip member.
inline std::uint32_t crc_of(std::string_view bytes) {
  return static_cast<std::uint32_t>(::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

}  // namespace gradwalk
