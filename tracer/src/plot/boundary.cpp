#include <algorithm>
#include <cmath>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/pass.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"
#include "gradwalk/tracer/plot.hpp"
#include "plot/class_scores.hpp"
#include "plot/model_title.hpp"
#include "plot/sample_range.hpp"
#include "plot/script.hpp"

namespace gradwalk {
namespace {

constexpr std::size_t columns = 161, rows = 161;  // of the points at which the net is asked
constexpr double tint = 0.4;                      // of the ground where the net is sure: the samples must stand out

std::size_t class_count(const Matrix<double>& scores, const std::vector<int>& labels) {
  const int largest = labels.empty() ? 0 : *std::max_element(labels.begin(), labels.end());
  return std::max(scores.cols(), static_cast<std::size_t>(largest) + 1);
}

Matrix<double> grid_points(const plot::Range& x1, const plot::Range& x2) {
  Matrix<double> points(rows * columns, 2);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      points(i * columns + j, 0) = x1.at(j, columns);
      points(i * columns + j, 1) = x2.at(i, rows);
    }
  }
  return points;
}

/// White with as much of every class's colour as the net believes in the class.
unsigned ground_colour(std::span<const double> scores) {
  unsigned colour = 0;
  for (int shift = 16; shift >= 0; shift -= 8) {
    double channel = 255;
    for (std::size_t c = 0; c < scores.size(); ++c) {
      const double of_class = plot::look(c).colour >> shift & 0xff;
      channel += tint * scores[c] * (of_class - 255);
    }
    colour |= static_cast<unsigned>(std::lround(std::clamp(channel, 0.0, 255.0))) << shift;
  }
  return colour;
}

/// How much more the net believes in class c than in the best of the others: 0 on the border of c.
double lead_of(std::span<const double> scores, std::size_t c) {
  double best_other = 0;
  for (std::size_t k = 0; k < scores.size(); ++k) {
    if (k != c) best_other = std::max(best_other, scores[k]);
  }
  return scores[c] - best_other;
}

/// x1 x2 red green blue, then the lead of each class; a blank line behind every row of the grid.
std::string ground_block(const Matrix<double>& points, const Matrix<double>& scores, std::size_t borders) {
  std::string text = "$ground << EOD\n";
  for (std::size_t n = 0; n < points.rows(); ++n) {
    const unsigned colour = ground_colour(scores.row(n));
    text += fmt::format("{} {} {} {} {}", points(n, 0), points(n, 1), colour >> 16, colour >> 8 & 0xff, colour & 0xff);
    for (std::size_t c = 0; c < borders; ++c) text += " " + plot::number(lead_of(scores.row(n), c));
    text += (n + 1) % columns == 0 ? "\n\n" : "\n";
  }
  return text + "EOD\n";
}

/// x1 x2 class of the samples of one part.
std::string samples_block(const std::string& name, const Samples<double>& samples, const std::vector<int>& labels) {
  std::string text = "$" + name + " << EOD\n";
  for (std::size_t n = 0; n < samples.size(); ++n) {
    text += fmt::format("{} {} {}\n", samples.x(n, 0), samples.x(n, 1), labels[n]);
  }
  return text + "EOD\n";
}

/// gnuplot finds where the lead of each class is 0.
std::string border_commands(std::size_t borders) {
  std::string text = "set contour base\nset cntrparam levels discrete 0\nunset surface\n";
  for (std::size_t c = 0; c < borders; ++c) {
    text += fmt::format("set table $border{}\nsplot $ground using 1:2:{} notitle\nunset table\n", c, 6 + c);
  }
  return text + "unset contour\nset surface\n";
}

std::vector<int> labels_of(const Targets<double>& targets) {
  const auto labels = plot::class_labels(targets);
  if (!labels) throw InputError(tr("the targets of the data are values: a decision boundary needs classes"));
  return *labels;
}

}  // namespace

Plot plot_boundary(const Model& model, const Dataset<double>& data) {
  if (model.spec.widths.front() != 2 || data.features() != 2) {
    throw InputError(tr("a decision boundary needs a net with 2 inputs, and this one has {n}: see --show curves",
                        fmt::arg("n", model.spec.widths.front())));
  }
  const std::vector<int> train = labels_of(data.train.targets), test = labels_of(data.test.targets);
  const plot::Range x1 = plot::range_of(data, 0), x2 = plot::range_of(data, 1);
  const Matrix<double> points = grid_points(x1, x2);
  const Matrix<double> scores = plot::class_scores(model.spec.loss, predict(model.net, points));
  const std::size_t classes = class_count(scores, train), borders = scores.cols() == 2 ? 1 : scores.cols();

  std::string text = plot::prologue() + ground_block(points, scores, borders) +
                     samples_block("train", data.train, train) + samples_block("test", data.test, test) +
                     border_commands(borders);
  const std::string title = plot::model_title(model.spec);
  text += fmt::format(
      "set title {} noenhanced\nset xlabel {} noenhanced\nset ylabel {} noenhanced\nset xrange [{}:{}]\nset yrange "
      "[{}:{}]\n"
      "set key outside right top\nunset grid\n",
      plot::quoted(title), plot::quoted(data.feature_names.at(0)), plot::quoted(data.feature_names.at(1)), x1.low,
      x1.high, x2.low, x2.high);
  text += "plot $ground using 1:2:3:4:5 with rgbimage notitle";
  for (std::size_t c = 0; c < borders; ++c) {
    text += fmt::format(", $border{} using 1:2 with lines linecolor rgb '#222222' linewidth 1.5 {}", c,
                        c == 0 ? "title " + plot::quoted(tr("boundary")) : "notitle");
  }
  for (std::size_t c = 0; c < classes; ++c) {
    const plot::Look& look = plot::look(c);
    const std::string name = c < data.class_names.size() ? data.class_names[c] : std::to_string(c);
    const auto points_of = [&](const char* part, int type, double size, double width, const std::string& caption) {
      return fmt::format(
          ", ${} using 1:($3=={}?$2:NaN) with points pointtype {} pointsize {} linewidth {} linecolor rgb '{}' {}",
          part, c, type, size, width, plot::hex(look.colour), caption);
    };
    text += points_of("train", look.filled, 0.9, 1,
                      "title " + plot::quoted(tr("class {name}, training", fmt::arg("name", name))));
    if (data.test.size() > 0) {
      text += points_of("test", look.open, 0.9, 2,
                        "title " + plot::quoted(tr("class {name}, test", fmt::arg("name", name))));
    }
  }
  return {.title = title,
          .description = tr("What the net makes of every point, in the colours of {n} classes, with the samples.",
                            fmt::arg("n", classes)),
          .script = text + "\n",
          .width = 760,
          .height = 520};
}

Plot plot_fit(const Model& model, const Dataset<double>& data) {
  if (model.spec.widths.front() != 1 || model.spec.widths.back() != 1 || data.features() != 1 || data.classes != 0) {
    throw InputError(tr("a fit needs a net with 1 input and 1 output, trained on values: see --show curves"));
  }
  constexpr std::size_t places = 401;
  const plot::Range x = plot::range_of(data, 0);
  Matrix<double> points(places, 1);
  for (std::size_t i = 0; i < places; ++i) points(i, 0) = x.at(i, places);
  const Matrix<double> output = predict(model.net, points);

  std::string text = plot::prologue() + "$net << EOD\n";
  for (std::size_t i = 0; i < places; ++i) text += fmt::format("{} {}\n", points(i, 0), plot::number(output(i, 0)));
  text += "EOD\n";
  for (const auto& [name, part] : {std::pair{"train", &data.train}, {"test", &data.test}}) {
    text += fmt::format("${} << EOD\n", name);
    for (std::size_t n = 0; n < part->size(); ++n) {
      text += fmt::format("{} {}\n", part->x(n, 0), part->targets.values(n, 0));
    }
    text += "EOD\n";
  }
  const std::string title = plot::model_title(model.spec);
  text += fmt::format("set title {} noenhanced\nset xlabel {} noenhanced\nset xrange [{}:{}]\nset key below\n",
                      plot::quoted(title), plot::quoted(data.feature_names.at(0)), x.low, x.high);
  const plot::Look &samples = plot::look(0), &net = plot::look(1);
  text += fmt::format("plot $train using 1:2 with points pointtype {} pointsize 0.6 linecolor rgb '{}' title {}",
                      samples.filled, plot::hex(samples.colour), plot::quoted(tr("training set")));
  if (data.test.size() > 0) {
    text +=
        fmt::format(", $test using 1:2 with points pointtype {} pointsize 0.8 linewidth 2 linecolor rgb '{}' title {}",
                    samples.open, plot::hex(samples.colour), plot::quoted(tr("test set")));
  }
  text += fmt::format(", $net using 1:2 with lines linewidth 2.5 linecolor rgb '{}' title {}\n", plot::hex(net.colour),
                      plot::quoted(tr("output of the net")));
  return {.title = title,
          .description = tr("The output of the net as a curve over its input, with the samples."),
          .script = text,
          .width = 640,
          .height = 440};
}

}  // namespace gradwalk
