#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "walk/mathematics.hpp"

namespace gradwalk::walk {

/// A block of text lines that stand side by side with others on a common baseline.
struct TextBox {
  std::vector<std::string> lines;
  std::size_t baseline = 0;  // index of the line that aligns with the text beside it
  std::size_t width = 0;     // columns
};

/// Columns that UTF-8 text takes: its code points, as all that we write are one column wide.
std::size_t columns_of(std::string_view text);

/// Text padded with blanks to `width` columns.
std::string padded(std::string text, std::size_t width);

TextBox box_of(const Math& math);
TextBox beside(const TextBox& left, const TextBox& right);

}  // namespace gradwalk::walk
