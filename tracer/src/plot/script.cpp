#include "script.hpp"

#include <fmt/format.h>

#include <cmath>

namespace gradwalk::plot {

const Look& look(std::size_t number) {
  static constexpr std::array<Look, 7> looks = {{{0x0072b2, 7, 6, 1},
                                                 {0xe69f00, 9, 8, 2},
                                                 {0x009e73, 5, 4, 4},
                                                 {0xcc79a7, 13, 12, 3},
                                                 {0x56b4e9, 11, 10, 5},
                                                 {0xd55e00, 7, 6, 2},
                                                 {0xf0e442, 9, 8, 4}}};
  return looks[number % looks.size()];
}

std::string hex(unsigned colour) { return fmt::format("#{:06x}", colour); }

std::string quoted(std::string_view text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'') result += '\'';
    result += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  }
  return result + "'";
}

std::string number(double value) { return std::isfinite(value) ? fmt::format("{}", value) : "NaN"; }

std::string prologue() {
  return "set encoding utf8\n"
         "set minussign\n"
         "set datafile missing 'NaN'\n"
         "set border 3 linecolor rgb '#444444'\n"
         "set tics nomirror out scale 0.5\n"
         "set grid linecolor rgb '#dddddd' linewidth 1 dashtype 1\n"
         "set key noenhanced Left reverse samplen 2.5 spacing 1.1\n";
}

}  // namespace gradwalk::plot
