#include "gradwalk/tracer/surface.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"
#include "plot/model_title.hpp"
#include "plot/script.hpp"

namespace gradwalk {
namespace {

constexpr std::size_t places = 61;     // along each axis, at which the loss is asked for
constexpr std::size_t rings = 14;      // lines of equal loss
constexpr std::size_t most_dots = 80;  // with more steps only the line is drawn

/// Reads "1[0,2]" into {1, 0, 2}; nothing when there is anything else in it.
std::vector<std::size_t> numbers_of(std::string_view text) {
  std::vector<std::size_t> numbers;
  for (const char mark : {'[', ',', ']'}) {
    const std::size_t end = std::min(text.find(mark), text.find(']'));
    std::size_t number = 0;
    const auto [next, error] = std::from_chars(text.data(), text.data() + std::min(end, text.size()), number);
    if (error != std::errc{} || end == std::string_view::npos || next != text.data() + end) return {};
    numbers.push_back(number);
    const bool last = text[end] == ']';
    text.remove_prefix(end + 1);
    if (last) return text.empty() ? numbers : std::vector<std::size_t>{};
  }
  return {};
}

std::vector<std::string> first_parameters(const Net<double>& net) {
  const Linear<double>& first = net.linear(0);
  if (first.in() > 1) return {"W1[0,0]", "W1[0,1]"};
  return {"W1[0,0]", "b1[0]"};
}

struct Grid {
  Frame frame;
  std::vector<double> loss;  // row by row from the bottom; places × places

  double x(std::size_t j) const { return at(frame.left, frame.right, j); }
  double y(std::size_t i) const { return at(frame.bottom, frame.top, i); }
  static double at(double low, double high, std::size_t i) {
    return low + (high - low) * static_cast<double>(i) / static_cast<double>(places - 1);
  }
};

/// Around the path, with as much room again on either side as it is long.
Frame around(const DescentPath& path) {
  std::array<double, 2> low = path.points.front(), high = low;
  for (const auto& point : path.points) {
    for (std::size_t k = 0; k < 2; ++k) low[k] = std::min(low[k], point[k]), high[k] = std::max(high[k], point[k]);
  }
  const double least = 0.25 * std::max({high[0] - low[0], high[1] - low[1], 1e-6});
  for (std::size_t k = 0; k < 2; ++k) {
    const double room = std::max(0.5 * (high[k] - low[k]), least);
    low[k] -= room, high[k] += room;
  }
  return {low[0], high[0], low[1], high[1]};
}

Grid ask(const Model& model, const Samples<double>& samples, const DescentPath& path, const Frame& frame) {
  Grid grid{frame, {}};
  Net<double> net = model.net;
  double &x = parameter_named(net, path.axes[0]), &y = parameter_named(net, path.axes[1]);
  for (std::size_t i = 0; i < places; ++i) {
    for (std::size_t j = 0; j < places; ++j) {
      x = grid.x(j), y = grid.y(i);
      grid.loss.push_back(evaluate(net, model.spec.loss, samples).loss);
    }
  }
  return grid;
}

/// The least and the largest loss in sight. (0, 0) where there is none.
std::array<double, 2> range_of(const std::vector<double>& losses) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const double loss : losses) {
    if (std::isfinite(loss)) low = std::min(low, loss), high = std::max(high, loss);
  }
  if (low > high) return {0, 0};
  return {low, high};
}

/// x y loss and how high it lies, from 0 to 1, in rings of equal width for a round bowl; a blank line behind each row.
std::string surface_block(const Grid& grid, const std::array<double, 2>& range) {
  std::string text = "$surface << EOD\n";
  for (std::size_t i = 0; i < places; ++i) {
    for (std::size_t j = 0; j < places; ++j) {
      const double loss = grid.loss[i * places + j];
      const double height = range[1] > range[0] ? std::sqrt((loss - range[0]) / (range[1] - range[0])) : 0;
      text += fmt::format("{} {} {} {}\n", grid.x(j), grid.y(i), plot::number(loss), plot::number(height));
    }
    text += "\n";
  }
  return text + "EOD\n";
}

std::string path_block(const DescentPath& path) {
  std::string text = "$path << EOD\n";
  for (const auto& [x, y] : path.points) text += fmt::format("{} {}\n", x, y);
  return text + "EOD\n";
}

std::string path_commands(const DescentPath& path) {
  const plot::Look& look = plot::look(5);
  const std::string colour = plot::hex(look.colour);
  const bool dots = path.points.size() <= most_dots;
  std::string text =
      fmt::format(", $path using 1:2 with {} linecolor rgb '{}' linewidth {}", dots ? "linespoints" : "lines", colour,
                  dots ? "1.8 pointtype 7 pointsize 0.35" : "1.2");
  text += " title " + plot::quoted(tr("path of the descent"));
  text += fmt::format(
      ", $path using 1:2 every ::0::0 with points pointtype {} pointsize 1.2 linewidth 2 linecolor rgb '{}' title {}",
      look.open, colour, plot::quoted(tr("start")));
  return text +
         fmt::format(
             ", $path using 1:2 every ::{}::{} with points pointtype {} pointsize 1.1 linecolor rgb '{}' title {}\n",
             path.points.size() - 1, path.points.size() - 1, plot::look(2).filled, colour, plot::quoted(tr("end")));
}

}  // namespace

double& parameter_named(Net<double>& net, std::string_view name) {
  const std::vector<std::size_t> at = name.empty() ? std::vector<std::size_t>{} : numbers_of(name.substr(1));
  const bool weight = name.starts_with('W') && at.size() == 3, bias = name.starts_with('b') && at.size() == 2;
  if ((weight || bias) && at[0] >= 1 && at[0] <= net.linear_count()) {
    Linear<double>& layer = net.linear(at[0] - 1);
    if (weight && at[1] < layer.out() && at[2] < layer.in()) return layer.W(at[1], at[2]);
    if (bias && at[1] < layer.out()) return layer.b[at[1]];
  }
  throw InputError(tr("the net {net} has no parameter '{name}': name one such as W1[0,0] or b1[0]",
                      fmt::arg("net", fmt::format("{}", fmt::join(net.widths(), "-"))), fmt::arg("name", name)));
}

DescentPath follow_descent(Net<double>& net, Loss loss, const Samples<double>& samples, const TrainingOptions& training,
                           std::vector<std::string> axes) {
  if (axes.empty()) axes = first_parameters(net);
  const double &x = parameter_named(net, axes.at(0)), &y = parameter_named(net, axes.at(1));
  DescentPath path{{axes[0], axes[1]}, {{x, y}}};
  Descent<double> descent(net, loss, samples, training);
  for (std::size_t left = training.epochs * descent.steps_per_epoch(); left > 0; --left) {
    descent.step();
    if (!std::isfinite(x) || !std::isfinite(y)) break;
    path.points.push_back({x, y});
  }
  return path;
}

Plot plot_surface(const Model& model, const Dataset<double>& data, const DescentPath& path,
                  const std::optional<Frame>& frame) {
  const Grid grid = ask(model, data.train, path, frame ? *frame : around(path));
  const auto range = range_of(grid.loss);
  const std::string title = plot::model_title(model.spec);
  std::string text = plot::prologue() + surface_block(grid, range) + path_block(path);
  // Lines at even steps of the height, so a bowl has rings at even distances.
  text += fmt::format(
      "set contour base\nset cntrparam levels incremental 0,{},1\nset cntrparam cubicspline points 3\nunset surface\n"
      "set table $rings\nsplot $surface using 1:2:4 notitle\nunset table\nunset contour\nset surface\n",
      1.0 / rings);
  text += fmt::format(
      "set title {} noenhanced\nset xlabel {} noenhanced\nset ylabel {} noenhanced\nset xrange [{}:{}]\nset yrange "
      "[{}:{}]\nset key below\nunset grid\n",
      plot::quoted(title), plot::quoted(path.axes[0]), plot::quoted(path.axes[1]), grid.frame.left, grid.frame.right,
      grid.frame.bottom, grid.frame.top);
  text += fmt::format(
      "set palette defined (0 '#ffffff', 1 '#8fb8d8')\nset cbrange [0:1]\nunset colorbox\nplot $surface using 1:2:4 "
      "with image notitle, $rings using 1:2 with lines linecolor rgb '#5b7f9c' linewidth 0.7 title {}",
      plot::quoted(tr("lines of equal loss")));
  text += path_commands(path);
  return {.title = title,
          .description = tr("The loss over {one} and {other}, from {low} to {high}, and the path of {n} steps on it.",
                            fmt::arg("one", path.axes[0]), fmt::arg("other", path.axes[1]),
                            fmt::arg("low", format_number(range[0])), fmt::arg("high", format_number(range[1])),
                            fmt::arg("n", path.points.size() - 1)),
          .script = text,
          .width = 640,
          .height = 520};
}

}  // namespace gradwalk
