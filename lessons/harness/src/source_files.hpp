#pragma once

#include <optional>
#include <string>

namespace gradwalk::harness {

/// 2 for a header, as an exercise is; 1 for another source; 0 for what may be source; nothing for the rest.
std::optional<int> kind_of_source(const std::string& path);

}  // namespace gradwalk::harness
