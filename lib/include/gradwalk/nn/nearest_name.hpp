#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gradwalk {

/// The name that a slip of the fingers turns into `word`: at most two letters changed, added, left out or swapped.
std::optional<std::string> nearest_name(std::string_view word, const std::vector<std::string>& names);

}  // namespace gradwalk
