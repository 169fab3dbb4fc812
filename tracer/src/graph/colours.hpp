#pragma once

#include <string>
#include <string_view>

#include "gradwalk/tracer/graph.hpp"
#include "gradwalk/tracer/graph_model.hpp"

namespace gradwalk::graph {

/// The lesson's colours in the Okabe–Ito palette, which people who see red and green alike can tell apart (Okabe, Ito:
/// Color Universal Design, 2008). `line` draws boxes and arrows, `fill` their ground, `text` is `line` dark enough (in
/// the dark theme: light enough) to be read.
struct Colours {
  std::string_view line, fill, text;
};

Colours colours_of(Tone tone, bool dark);

/// What is behind a picture whose readers may not choose it: PNG, PDF.
std::string_view ground_colour(bool dark);

/// CSS that turns every light colour of a picture into its dark one where the reader prefers dark.
std::string dark_theme_css();

}  // namespace gradwalk::graph
