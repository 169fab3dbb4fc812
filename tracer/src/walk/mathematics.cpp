#include "walk/mathematics.hpp"

#include "walk/text_box.hpp"

namespace gradwalk::walk {

namespace {

bool is_bare(const Piece& piece) { return !piece.grid && piece.label.empty(); }

std::size_t width_of(const Math& math) { return box_of(math).width; }
bool is_tall(const Math& math) { return box_of(math).lines.size() > 1; }

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
  for (std::size_t k = 0; k < equation.parts.size(); ++k) {
    Equation::Part& part = equation.parts[k];
    const bool goes_on = part.sign.empty() || (k + 1 < equation.parts.size() && equation.parts[k + 1].sign.empty());
    const bool fits = k > 0 && !goes_on && !equation.parts[k - 1].sign.empty() && !is_tall(parts.back().math) &&
                      !is_tall(part.math) && width_of(parts.back().math) + width_of(part.math) + 3 <= width;
    if (fits)
      parts.back().math = parts.back().math + " " + part.sign + " " + part.math;
    else
      parts.push_back(std::move(part));
  }
  equation.parts = std::move(parts);
  return equation;
}

}  // namespace gradwalk::walk
