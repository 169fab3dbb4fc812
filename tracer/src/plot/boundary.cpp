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
std::string ground_block(const std::string& name, const Matrix<double>& points, const Matrix<double>& scores,
                         std::size_t borders) {
  std::string text = "$" + name + " << EOD\n";
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
std::string border_commands(const std::string& ground, std::size_t borders) {
  std::string text = "set contour base\nset cntrparam levels discrete 0\nunset surface\n";
  for (std::size_t c = 0; c < borders; ++c) {
    text += fmt::format("set table ${0}_border{1}\nsplot ${0} using 1:2:{2} notitle\nunset table\n", ground, c, 6 + c);
  }
  return text + "unset contour\nset surface\n";
}

std::vector<int> labels_of(const Targets<double>& targets) {
  const auto labels = plot::class_labels(targets);
  if (!labels) throw InputError(tr("the targets of the data are values: a decision boundary needs classes"));
  return *labels;
}

/// The ground as several nets see it, with the samples around which it lies.
struct Plane {
  const Model& model;
  const Dataset<double>& data;
  std::vector<int> train, test;
  plot::Range x1, x2;
  std::size_t classes = 0, borders = 0;  // two classes have one border, more have one around each

  Plane(const Model& its_model, const Dataset<double>& its_data) : model(its_model), data(its_data) {
    if (model.spec.widths.front() != 2 || data.features() != 2) {
      throw InputError(tr("a decision boundary needs a net with 2 inputs, and this one has {n}: see --show curves",
                          fmt::arg("n", model.spec.widths.front())));
    }
    train = labels_of(data.train.targets), test = labels_of(data.test.targets);
    x1 = plot::range_of(data, 0), x2 = plot::range_of(data, 1);
    const Matrix<double> scores = plot::class_scores(model.spec.loss, predict(model.net, data.train.x));
    classes = class_count(scores, train), borders = scores.cols() == 2 ? 1 : scores.cols();
  }

  /// What a net makes of the plane: the data block `ground`, and its borders.
  std::string ground_of(const Net<double>& net, const std::string& ground) const {
    const Matrix<double> points = grid_points(x1, x2);
    return ground_block(ground, points, plot::class_scores(model.spec.loss, predict(net, points)), borders) +
           border_commands(ground, borders);
  }

  std::string axes() const {
    return fmt::format(
        "set xlabel {} noenhanced\nset ylabel {} noenhanced\nset xrange [{}:{}]\nset yrange [{}:{}]\nunset grid\n",
        plot::quoted(data.feature_names.at(0)), plot::quoted(data.feature_names.at(1)), x1.low, x1.high, x2.low,
        x2.high);
  }

  std::string plot_command(const std::string& ground, double point_size, bool with_test) const {
    std::string text = fmt::format("plot ${} using 1:2:3:4:5 with rgbimage notitle", ground);
    for (std::size_t c = 0; c < borders; ++c) {
      text += fmt::format(", ${}_border{} using 1:2 with lines linecolor rgb '#222222' linewidth 1.5 {}", ground, c,
                          c == 0 ? "title " + plot::quoted(tr("boundary")) : "notitle");
    }
    for (std::size_t c = 0; c < classes; ++c) {
      const plot::Look& look = plot::look(c);
      const std::string name = c < data.class_names.size() ? data.class_names[c] : std::to_string(c);
      const auto points_of = [&](const char* part, int type, double width, const std::string& caption) {
        text += fmt::format(
            ", ${} using 1:($3=={}?$2:NaN) with points pointtype {} pointsize {} linewidth {} linecolor rgb '{}' "
            "title {}",
            part, c, type, point_size, width, plot::hex(look.colour), plot::quoted(caption));
      };
      points_of("train", look.filled, 1, tr("class {name}, training", fmt::arg("name", name)));
      if (with_test) points_of("test", look.open, 2, tr("class {name}, test", fmt::arg("name", name)));
    }
    return text + "\n";
  }
};

}  // namespace

Plot plot_boundary(const Model& model, const Dataset<double>& data) {
  const Plane plane(model, data);
  const std::string title = plot::model_title(model.spec);
  return {.title = title,
          .description = tr("What the net makes of every point, in the colours of {n} classes, with the samples.",
                            fmt::arg("n", plane.classes)),
          .script = plot::prologue() + samples_block("train", data.train, plane.train) +
                    samples_block("test", data.test, plane.test) + plane.ground_of(model.net, "ground") +
                    fmt::format("set title {} noenhanced\nset key outside right top\n", plot::quoted(title)) +
                    plane.axes() + plane.plot_command("ground", 0.9, data.test.size() > 0),
          .width = 760,
          .height = 520};
}

Plot plot_boundary(const Model& model, const std::vector<NetAtEpoch>& nets, const Dataset<double>& data) {
  const Plane plane(model, data);
  const std::string title = plot::model_title(model.spec);
  std::string text = plot::prologue() + samples_block("train", data.train, plane.train);
  for (const NetAtEpoch& at : nets) text += plane.ground_of(at.net, fmt::format("ground{}", at.epoch));
  text += fmt::format("set multiplot layout 1,{} title {} noenhanced\nset key below vertical maxcols 1\n", nets.size(),
                      plot::quoted(title)) +
          plane.axes();
  for (const NetAtEpoch& at : nets) {
    text += fmt::format("set title {} noenhanced\n", plot::quoted(tr("epoch {n}", fmt::arg("n", at.epoch)))) +
            plane.plot_command(fmt::format("ground{}", at.epoch), 0.5, false);
  }
  return {.title = title,
          .description = tr("What the net makes of every point after the epochs {epochs}, with the training samples.",
                            fmt::arg("epochs", epochs_of(nets))),
          .script = text + "unset multiplot\n",
          .width = static_cast<int>(320 * nets.size()),
          .height = 420};
}

}  // namespace gradwalk
