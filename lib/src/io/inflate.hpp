#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gradwalk {

/// The `size` bytes that a raw deflate stream (as in a zip member) unpacks to; nothing when it is damaged or unpacks to
/// another number of bytes.
std::optional<std::string> inflate_raw(std::string_view packed, std::size_t size);

/// What a .gz file unpacks to; nothing when it is damaged or cut off. Memory stays in proportion to the true content.
std::optional<std::string> gunzip(std::string_view packed);

/// True when the bytes begin as a .gz file does.
bool is_gzip(std::string_view bytes);

}  // namespace gradwalk
