#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace gradwalk::cli {

/// Rows of the batch as --rows takes them: "2", "0,2", "0..3". Throws InputError for anything else.
std::vector<std::size_t> parse_rows(const std::string& text);

}  // namespace gradwalk::cli
