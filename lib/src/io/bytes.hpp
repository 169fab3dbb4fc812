#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gradwalk {

/// Appends `value`, lowest byte first.
template <std::unsigned_integral U>
void put_little(std::string& out, U value) {
  for (std::size_t i = 0; i < sizeof(U); ++i) out.push_back(static_cast<char>(value >> (8 * i)));
}

/// The number whose lowest byte stands at `at`. The bytes must be there.
template <std::unsigned_integral U>
U little_at(std::string_view bytes, std::size_t at) {
  std::uint64_t value = 0;
  for (std::size_t i = sizeof(U); i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return static_cast<U>(value);
}

/// The number whose highest byte stands at `at`. The bytes must be there.
template <std::unsigned_integral U>
U big_at(std::string_view bytes, std::size_t at) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < sizeof(U); ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return static_cast<U>(value);
}

/// a · b, or nothing when it does not fit: sizes read from a file may claim anything.
inline std::optional<std::size_t> product(std::size_t a, std::size_t b) {
  std::size_t result = 0;
  if (__builtin_mul_overflow(a, b, &result)) return std::nullopt;
  return result;
}

}  // namespace gradwalk
