#include "graph/text_width.hpp"

#include <array>

namespace gradwalk::graph {

namespace {

// Advance widths of ' ' … '~' in thousandths of the size, from the metrics that Arial, Helvetica and Liberation Sans
// share.
constexpr std::array<int, 95> ascii_widths{
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333,  278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,  611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278,  556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,  500, 334, 260, 334, 584};
constexpr int width_of_others = 590;

bool continues_a_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

}  // namespace

double text_width(std::string_view text, double size, bool bold) {
  double width = 0;
  for (char byte : text) {
    if (continues_a_character(byte)) continue;
    const bool ascii = byte >= ' ' && byte <= '~';
    width += ascii ? ascii_widths[static_cast<std::size_t>(byte - ' ')] : width_of_others;
  }
  return width * size / 1000 * (bold ? 1.07 : 1.0);
}

}  // namespace gradwalk::graph
