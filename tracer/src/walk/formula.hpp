#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gradwalk::walk {

// Formulas are written in the code as the plain text shows them, and the other formats are made from that:
//
//   z1[n,j] = Σ_i x[n,i]·W1[j,i] + b1[j]
//
//   W1 dz1 x w_2      a name: letters, then a number as subscript; d before a name of one letter is a differential
//   [n,j]             the index of the name before it
//   exp log tanh …    names of functions stand upright
//   0.25  1.2e-07     numbers; NaN, inf
//   a/b  ∂L/∂W1[2,0]  fractions of what stands right beside the stroke; brackets around a whole side fall away
//   a^b  a²  Wᵀ       powers and transposes
//   Σ_n               a sum over n
//   "if"              words

struct FormulaNode {
  enum class Kind { name, differential, function, number, word, symbol, group, row, fraction, power, indexed, sum };
  Kind kind{};
  std::string text;                // of name, function, number, word, symbol
  std::vector<FormulaNode> parts;  // row: in order; group: its row; fraction: above, below; power: base, exponent;
                                   // indexed: base, row of the index; sum: what it runs over; differential: name
};

/// Always a row. Whatever is not in the notation is a symbol: this reads only what gradwalk itself writes.
FormulaNode parse_formula(std::string_view formula);

/// As plain text: the formula without the quotes around words.
std::string formula_text(std::string_view formula);

/// "W1" → "W" and "1"; "x" → "x" and "".
std::pair<std::string, std::string> split_name(const std::string& name);

}  // namespace gradwalk::walk
