#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace gradwalk::cli {

/// Rows as --rows takes them: "2", "0,2", "0..3"; none for "". Throws InputError for anything else.
std::vector<std::size_t> parse_rows(const std::string& text);

}  // namespace gradwalk::cli
