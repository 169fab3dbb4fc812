#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace gradwalk::plot {

/// Samples of a class and curves of a layer are told apart by colour, by form and by dash (Okabe, Ito: Color Universal
/// Design, 2008). `filled` and `open` are gnuplot's point types.
struct Look {
  unsigned colour;  // 0xRRGGBB
  int filled, open, dash;
};
const Look& look(std::size_t number);

/// 0x0072b2 → "#0072b2".
std::string hex(unsigned colour);

/// Text as gnuplot's single-quoted string: nothing in it is special, and it stays on one line.
std::string quoted(std::string_view text);

/// A number as gnuplot reads it back, to the last bit.
std::string number(double value);

/// What all plots begin with: fonts, borders, a light grid.
std::string prologue();

}  // namespace gradwalk::plot
