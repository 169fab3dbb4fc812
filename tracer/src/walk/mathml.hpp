#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "walk/mathematics.hpp"

namespace gradwalk::walk {

/// A formula in a line of text, as <math>.
std::string mathml_formula(std::string_view formula);

/// Equations beneath one another, as one <math display="block">.
std::string mathml_of(const std::vector<Equation>& equations);

}  // namespace gradwalk::walk
