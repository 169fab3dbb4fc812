#pragma once

#include <algorithm>
#include <bit>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "bytes.hpp"

namespace gradwalk {

enum class ByteOrder { little, big };

template <std::size_t size>
using BitsOfSize = std::conditional_t<
    size == 1, std::uint8_t,
    std::conditional_t<size == 2, std::uint16_t, std::conditional_t<size == 4, std::uint32_t, std::uint64_t>>>;

/// The numbers that the bytes hold as type Stored, as type T.
template <class Stored, class T = Stored>
std::vector<T> decode_numbers(std::string_view bytes, ByteOrder order) {
  using Bits = BitsOfSize<sizeof(Stored)>;
  std::vector<T> values(bytes.size() / sizeof(Stored));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t at = i * sizeof(Stored);
    const Bits bits = order == ByteOrder::big ? big_at<Bits>(bytes, at) : little_at<Bits>(bytes, at);
    values[i] = static_cast<T>(std::bit_cast<Stored>(bits));  // NOLINT(bugprone-signed-char-misuse): int8 is a number
  }
  return values;
}

/// Appends the numbers, each with its lowest byte first.
template <class T>
void put_numbers(std::string& out, const std::vector<T>& values) {
  if constexpr (std::endian::native == std::endian::little) {
    out.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  } else {
    for (const T value : values) put_little(out, std::bit_cast<BitsOfSize<sizeof(T)>>(value));
  }
}

/// The product of the dimensions; nothing when it does not fit.
inline std::optional<std::size_t> element_count_of(const std::vector<std::size_t>& shape) {
  if (std::find(shape.begin(), shape.end(), 0) != shape.end()) return 0;
  std::optional<std::size_t> count = 1;
  for (const std::size_t size : shape) {
    if (count) count = product(*count, size);
  }
  return count;
}

}  // namespace gradwalk
