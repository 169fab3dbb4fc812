#pragma once

#include <optional>
#include <string>
#include <vector>

namespace gradwalk::walk {

/// A matrix as it is shown: each cell is a formula.
using Grid = std::vector<std::vector<std::string>>;

/// A formula in the notation of formula.hpp, or a matrix; with a small label beneath it, such as its shape.
struct Piece {
  std::string formula;
  std::optional<Grid> grid;
  std::string label;
};

/// Mathematics for one line: pieces side by side. `exact` is false when a number in it was rounded to be shown.
struct Math {
  std::vector<Piece> pieces;
  bool exact = true;

  Math() = default;
  Math(std::string formula) : pieces{{std::move(formula), {}, {}}} {}
  Math(const char* formula) : Math(std::string(formula)) {}
};

/// a and b side by side. Bare formulas grow together, so that they are read as one.
Math operator+(Math a, const Math& b);

/// The same with a label beneath (of mathematics that is one piece).
Math labelled(Math math, std::string label);

/// One side, a sign, the other: left = right. Further parts go on lines of their own, beneath the first one's sign.
struct Equation {
  struct Part {
    std::string sign;  // "=", "≈", "←", or "" where a sum only goes on
    Math math;
  };
  Math left;
  std::vector<Part> parts;
};

/// left = formula, in symbols: several formulas are several ways to write it.
Equation rule(Math left, const std::vector<Math>& right);

/// left = numbers, or left ≈ numbers when some of them are rounded. Each of `right` is such a part.
Equation plugged_in(Math left, const std::vector<Math>& right);

/// The same with its parts on one line where they are formulas that fit there.
Equation on_one_line(Equation equation);

}  // namespace gradwalk::walk
