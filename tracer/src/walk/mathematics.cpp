#include "walk/mathematics.hpp"

#include "walk/text_box.hpp"

namespace gradwalk::walk {

namespace {

bool is_bare(const Piece& piece) { return !piece.grid && piece.label.empty(); }

}  // namespace

Math operator+(Math a, const Math& b) {
  for (const Piece& piece : b.pieces) {
    if (!a.pieces.empty() && is_bare(a.pieces.back()) && is_bare(piece))
      a.pieces.back().formula += piece.formula;
    else
      a.pieces.push_back(piece);
  }
  a.exact = a.exact && b.exact;
  return a;
}

Math labelled(Math math, std::string label) {
  math.pieces.back().label = std::move(label);
  return math;
}

Equation rule(Math left, const std::vector<Math>& right) {
  Equation equation{std::move(left), {}};
  for (const Math& math : right) equation.parts.push_back({"=", math});
  return equation;
}

Equation plugged_in(Math left, const std::vector<Math>& right) {
  Equation equation{std::move(left), {}};
  for (const Math& math : right) equation.parts.push_back({math.exact ? "=" : "≈", math});
  return equation;
}

Equation on_one_line(Equation equation) {
  constexpr std::size_t width = 72;
  std::vector<Equation::Part> parts;
  for (Equation::Part& part : equation.parts) {
    const bool fits = !parts.empty() && !part.sign.empty() && box_of(parts.back().math).lines.size() == 1 &&
                      box_of(part.math).lines.size() == 1 &&
                      box_of(parts.back().math).width + box_of(part.math).width + 3 <= width;
    if (fits)
      parts.back().math = parts.back().math + " " + part.sign + " " + part.math;
    else
      parts.push_back(std::move(part));
  }
  equation.parts = std::move(parts);
  return equation;
}

}  // namespace gradwalk::walk
