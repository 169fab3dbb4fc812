#pragma once

#include <string_view>

namespace gradwalk::graph {

/// The face of all pictures: three names for letters of the same widths, so that boxes fit everywhere.
inline constexpr std::string_view font_face = "Liberation Sans,Arial,Helvetica,sans-serif";

/// What is written on an arrow: the size of its letters and the height of a line, in points.
inline constexpr double label_size = 12, label_line = 15;

/// How wide a line of that face is, in points, at `size` points.
double text_width(std::string_view text, double size, bool bold = false);

}  // namespace gradwalk::graph
