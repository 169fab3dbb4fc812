#pragma once

#include <string>
#include <string_view>

namespace gradwalk::worksheet {

/// "z1 = x·W1ᵀ + b1" as TeX mathematics, without the dollars.
std::string tex_mathematics(std::string_view formula);

/// Prose with its `symbols` as mathematics and everything else safe.
std::string tex_prose(std::string_view text);

}  // namespace gradwalk::worksheet
