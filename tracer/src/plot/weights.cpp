#include <algorithm>
#include <cmath>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"
#include "gradwalk/tracer/plot.hpp"
#include "plot/model_title.hpp"
#include "plot/script.hpp"

namespace gradwalk {
namespace {

constexpr std::size_t most_units = 16;

std::size_t side_of_pictures(std::size_t inputs) {
  const auto side = static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(inputs))));
  if (side < 2 || side * side != inputs) {
    throw InputError(
        tr("weights are drawn for a net whose inputs are a square picture, such as 784 = 28×28, and this one has {n} "
           "inputs: see --show norms",
           fmt::arg("n", inputs)));
  }
  return side;
}

/// The weights of one unit where its pixels lie: a line for each row of the picture, the top one first.
std::string unit_block(const Matrix<double>& W, std::size_t unit, std::size_t side) {
  std::string text = fmt::format("$unit{} << EOD\n", unit);
  for (std::size_t i = 0; i < side * side; ++i) text += plot::number(W(unit, i)) + ((i + 1) % side == 0 ? "\n" : " ");
  return text + "EOD\n";
}

}  // namespace

Plot plot_weights(const Model& model) {
  const Matrix<double>& W = model.net.linear(0).W;
  const std::size_t side = side_of_pictures(W.cols()), units = std::min(W.rows(), most_units);
  const auto in_a_row = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(units))));
  const std::size_t rows = (units + in_a_row - 1) / in_a_row;
  const double step = 1.18 * static_cast<double>(side);  // from one picture to the next: room for the number above
  double largest = 0;
  for (std::size_t unit = 0; unit < units; ++unit)
    for (const double w : W.row(unit)) largest = std::isfinite(w) ? std::max(largest, std::abs(w)) : largest;
  if (largest == 0) largest = 1;

  const std::string title = plot::model_title(model.spec);
  std::string text = plot::prologue(), pictures;
  for (std::size_t unit = 0; unit < units; ++unit) {
    text += unit_block(W, unit, side);
    const double left = step * static_cast<double>(unit % in_a_row), top = -step * static_cast<double>(unit / in_a_row);
    pictures += fmt::format("{} $unit{} matrix using ($1+{}):({}-$2):3 with image notitle", unit == 0 ? "plot" : ",",
                            unit, left, top);
    text += fmt::format("set label 'W1[{},:]' at {},{} center font ',11'\n", unit,
                        left + 0.5 * static_cast<double>(side - 1), top + 0.08 * static_cast<double>(side));
  }
  text += fmt::format(
      "set title {} noenhanced\nset size ratio -1\nunset border\nunset tics\nunset grid\nset cbtics\n"
      "set palette defined (-1 '#0072b2', 0 '#ffffff', 1 '#d55e00')\nset cbrange [{}:{}]\n"
      "set xrange [-1:{}]\nset yrange [{}:{}]\nset cblabel {}\n",
      plot::quoted(title), -largest, largest, step * static_cast<double>(in_a_row), -step * static_cast<double>(rows),
      0.15 * static_cast<double>(side), plot::quoted(tr("weight")));
  return {.title = title,
          .description = tr("The weights of {n} units of the first layer as pictures of {side} × {side} pixels: blue "
                            "below 0, orange above, the largest is {largest}.",
                            fmt::arg("n", units), fmt::arg("side", side), fmt::arg("largest", format_number(largest))),
          .script = text + pictures + "\n",
          .width = 680,
          .height = 620,
          .sharp = true};
}

}  // namespace gradwalk
