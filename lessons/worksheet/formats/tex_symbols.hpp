#pragma once

#include <string>
#include <string_view>

namespace gradwalk::worksheet {

/// "z1 = x·W1ᵀ + b1" as TeX mathematics, without the dollars.
std::string tex_mathematics(std::string_view formula);

/// Whether a name is a symbol such as dW1[0,1], w0′ or η, rather than a word.
bool is_symbol(std::string_view name);

/// Prose with its `symbols` as mathematics and everything else safe.
std::string tex_prose(std::string_view text);

}  // namespace gradwalk::worksheet
