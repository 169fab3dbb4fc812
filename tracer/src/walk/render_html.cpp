#include "walk/render.hpp"

namespace gradwalk::walk {

std::string as_html(const Document& document) { return as_markdown(document); }

}  // namespace gradwalk::walk
