#include "graph/colours.hpp"

#include <fmt/format.h>

#include <array>

namespace gradwalk::graph {

namespace {

struct Entry {
  Tone tone;
  Colours light, dark;
};

// Every light colour means one thing, because dark_theme_css finds it by its name.
constexpr std::array<Entry, 11> palette{{
    {Tone::ink, {"#1b1b1b", "#f5f5f4", "#1b1b1b"}, {"#ededed", "#2a2b2d", "#ededed"}},
    {Tone::muted, {"#8a9097", "#fdfdfd", "#565b61"}, {"#8b929a", "#1d1e20", "#b4bac1"}},
    {Tone::input, {"#009e73", "#e4f4ee", "#00684c"}, {"#1cbf91", "#11332a", "#62dcb8"}},
    {Tone::parameter, {"#0072b2", "#e3eff7", "#005c90"}, {"#3f9fd8", "#11293a", "#7cc3ef"}},
    {Tone::probability, {"#cc79a7", "#f9edf4", "#90406c"}, {"#d98cb7", "#37202d", "#eeb1d2"}},
    {Tone::loss, {"#d55e01", "#fceade", "#a64900"}, {"#ee7b22", "#3d2310", "#ffa866"}},
    {Tone::gradient, {"#d55e00", "#fff4ec", "#a84a00"}, {"#f07a1e", "#2e1c10", "#ffab6b"}},
    {Tone::positive, {"#0072b3", "#e3eff8", "#005c91"}, {"#4aa6dd", "#11293b", "#7cc3f0"}},
    {Tone::negative, {"#d55e02", "#fceadf", "#a84a01"}, {"#f07a1f", "#3d2311", "#ffab6c"}},
    {Tone::shared, {"#f0e442", "#f7f0a0", "#6b6400"}, {"#8c8418", "#5c570f", "#f0e442"}},
    {Tone::mistake, {"#b00020", "#fde7ea", "#b00021"}, {"#ff6b81", "#40141c", "#ff8c9d"}},
}};

}  // namespace

Colours colours_of(Tone tone, bool dark) {
  for (const Entry& entry : palette)
    if (entry.tone == tone) return dark ? entry.dark : entry.light;
  return {};
}

std::string_view ground_colour(bool dark) { return dark ? "#14171b" : "#ffffff"; }

std::string dark_theme_css() {
  std::string css = "@media (prefers-color-scheme: dark) {\n";
  const auto replace = [&](std::string_view light, std::string_view dark) {
    for (const char* property : {"fill", "stroke"})
      css += fmt::format(".gradwalk [{0}=\"{1}\"] {{ {0}: {2}; }}\n", property, light, dark);
  };
  for (const Entry& entry : palette) {
    replace(entry.light.line, entry.dark.line);
    replace(entry.light.fill, entry.dark.fill);
    if (entry.light.text != entry.light.line) replace(entry.light.text, entry.dark.text);
  }
  // A letter without a colour of its own is black.
  return css + fmt::format(".gradwalk text:not([fill]) {{ fill: {}; }}\n}}\n", palette[0].dark.text);
}

}  // namespace gradwalk::graph
