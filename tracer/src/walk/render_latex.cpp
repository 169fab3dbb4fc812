#include "walk/render.hpp"

namespace gradwalk::walk {

std::string as_latex(const Document& document) { return as_latex_fragment(document); }
std::string as_latex_fragment(const Document& document) { return as_markdown(document); }

}  // namespace gradwalk::walk
