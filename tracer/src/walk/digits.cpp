#include "walk/digits.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"
#include "walk/text_box.hpp"

namespace gradwalk::walk {

namespace {

constexpr std::size_t sum_width = 66;  // columns of one line of a sum
constexpr std::size_t left_out = static_cast<std::size_t>(-1);

/// 0 1 2 … last, or all of them: where `left_out` stands, some are missing.
std::vector<std::size_t> shown(std::size_t count, std::size_t limit) {
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < count; ++i)
    if (count <= limit || i < 3 || i + 1 == count) indices.push_back(i);
  if (count > limit) indices.insert(indices.begin() + 3, left_out);
  return indices;
}

std::size_t width_of(const Math& math) { return box_of(math).width; }

/// How a summand goes on with a sum: " + 0.5·2" or " - 0.5·2".
Math going_on(Math math, bool first) {
  std::string& formula = math.pieces.front().formula;
  const bool negative = formula.starts_with('-');
  if (first) return math;
  if (negative) formula.erase(0, 1);
  return Math(negative ? " - " : " + ") + math;
}

}  // namespace

Math Digits::number(double value) const {
  const std::string text = format_number(value, digits_);
  Math math(text);
  math.exact = !std::isfinite(value) || std::strtod(text.c_str(), nullptr) == value;
  return math;
}

Math Digits::factor(double value) const {
  return std::signbit(value) && value != 0 && !std::isnan(value) ? Math("(") + number(value) + ")" : number(value);
}

Math Digits::product(double a, double b) const { return number(a) + "·" + factor(b); }

std::vector<Math> Digits::sum(const std::vector<Summand>& summands, std::size_t most) const {
  std::vector<Math> lines;
  double hidden = 0;
  if (summands.size() > most)
    for (std::size_t i = 3; i + 1 < summands.size(); ++i) hidden += summands[i].value;
  for (const std::size_t i : shown(summands.size(), most)) {
    const bool first = i == 0;
    Math next;
    if (i == left_out) {
      const std::size_t count = summands.size() - 4;
      const Math total = number(hidden);
      const std::string label = trn("{n} more, together", "{n} more, together", count, fmt::arg("n", count));
      next = Math(" + ") +
             labelled(Math("…"), fmt::format("\"{}\" {} {}", label, total.exact ? "=" : "≈", total.pieces[0].formula));
    } else {
      next = going_on(summands[i].math, first);
    }
    if (first || width_of(lines.back()) + width_of(next) > sum_width)
      lines.push_back(next);
    else
      lines.back() = lines.back() + next;
  }
  for (std::size_t k = 1; k < lines.size(); ++k)
    if (std::string& start = lines[k].pieces.front().formula; start.starts_with(' ')) start.erase(0, 1);
  return lines;
}

Math Digits::matrix(std::size_t rows, std::size_t columns, const std::function<Math(std::size_t, std::size_t)>& cell,
                    const std::string& shape, GridLimits limits) {
  Math math;
  Grid grid;
  for (const std::size_t r : shown(rows, limits.rows)) {
    std::vector<std::string> line;
    for (const std::size_t c : shown(columns, limits.columns)) {
      if (r == left_out || c == left_out) {
        line.push_back(r != left_out ? "…" : c != left_out ? "⋮" : "⋱");
        continue;
      }
      const Math one = cell(r, c);
      math.exact = math.exact && one.exact;
      line.push_back(one.pieces.front().formula);
    }
    grid.push_back(std::move(line));
  }
  math.pieces.push_back({"", std::move(grid), shape});
  return math;
}

}  // namespace gradwalk::walk
