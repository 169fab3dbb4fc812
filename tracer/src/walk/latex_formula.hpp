#pragma once

#include <string>
#include <string_view>

#include "walk/mathematics.hpp"

namespace gradwalk::walk {

/// A formula in the TeX that pdflatex with amsmath, MathJax and KaTeX all read. Rows end with \cr and not \\, and there
/// are no escaped signs such as \, in it: Markdown would take their backslash away.
std::string latex_formula(std::string_view formula);

/// Mathematics in TeX, matrices included, without the dollars around it.
std::string latex_of(const Math& math);

/// Equations beneath one another in an `aligned`; one of a single part stands bare.
std::string latex_of(const std::vector<Equation>& equations);

}  // namespace gradwalk::walk
