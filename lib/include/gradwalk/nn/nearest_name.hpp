#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gradwalk {

/// The fewest letters to change, add, leave out or swap with the next to make `b` of `a`. Letters are bytes. Throws
/// nothing. (Damerau: A technique for computer detection and correction of spelling errors, CACM 7, 1964, in the form
/// called optimal string alignment.)
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The name that a slip of the fingers turns into `word`: at most two letters changed, added, left out or swapped with
/// the next, and fewer than the name has; of equally near ones the first. Nothing when no name is so near, or `word` is
/// longer than 64 bytes. Throws nothing.
std::optional<std::string> nearest_name(std::string_view word, const std::vector<std::string>& names);

}  // namespace gradwalk
