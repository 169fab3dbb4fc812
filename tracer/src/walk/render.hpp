#pragma once

#include <string>

#include "walk/document.hpp"

namespace gradwalk::walk {

std::string as_text(const Document& document);
std::string as_markdown(const Document& document);
std::string as_latex(const Document& document);           // a whole document
std::string as_latex_fragment(const Document& document);  // for \input
std::string as_html(const Document& document);

}  // namespace gradwalk::walk
