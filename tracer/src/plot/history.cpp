#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"
#include "gradwalk/tracer/plot.hpp"
#include "plot/model_title.hpp"
#include "plot/script.hpp"

namespace gradwalk {
namespace {

using Value = std::function<double(const EpochReport&)>;

struct Curve {
  std::string name;
  Value value;
};

struct Panel {
  std::string title;
  std::vector<Curve> curves;
  std::string axis;  // what gnuplot is told of the vertical one
};

const History& history_of(const Model& model) {
  if (model.history.empty()) throw InputError(tr("the model has no history: train it with gradwalk train"));
  return model.history;
}

bool any_finite(const History& history, const Value& value) {
  return std::any_of(history.begin(), history.end(), [&](const EpochReport& r) { return std::isfinite(value(r)); });
}

/// One data block with a row for each epoch: the epoch, then the value of every curve of every panel.
std::string data_block(const History& history, const std::vector<Panel>& panels) {
  std::string text = "$history << EOD\n";
  for (const EpochReport& report : history) {
    text += std::to_string(report.epoch);
    for (const Panel& panel : panels) {
      for (const Curve& curve : panel.curves) text += " " + plot::number(curve.value(report));
    }
    text += "\n";
  }
  return text + "EOD\n";
}

std::string script_of(const History& history, const std::vector<Panel>& panels, const std::string& title) {
  constexpr std::size_t most_marked = 40;  // with more epochs the marks would hide the lines
  constexpr std::size_t few = 10;          // with fewer, gnuplot would put marks between the epochs
  std::string text = plot::prologue() + data_block(history, panels);
  text += fmt::format("set multiplot layout 1,{} title {} noenhanced\n", panels.size(), plot::quoted(title));
  text += "set key below horizontal\nset xlabel " + plot::quoted(tr("epoch")) + " offset 0,0.4\n";
  if (history.size() <= few) text += "set xtics 1\n";
  std::size_t column = 2;
  for (const Panel& panel : panels) {
    text += fmt::format("set title {} noenhanced\n{}\nplot", plot::quoted(panel.title), panel.axis);
    for (std::size_t k = 0; k < panel.curves.size(); ++k, ++column) {
      const plot::Look& look = plot::look(k);
      text += fmt::format("{} $history using 1:{} with {} linecolor rgb '{}' linewidth 2 dashtype {}",
                          k == 0 ? "" : ",", column, history.size() > most_marked ? "lines" : "linespoints",
                          plot::hex(look.colour), look.dash);
      if (history.size() <= most_marked) text += fmt::format(" pointtype {} pointsize 0.5", look.filled);
      text += " title " + plot::quoted(panel.curves[k].name);
    }
    text += "\n";
  }
  return text + "unset multiplot\n";
}

}  // namespace

Plot plot_curves(const Model& model) {
  const History& history = history_of(model);
  const Value test_loss = [](const EpochReport& r) { return r.test.loss; };
  const Value accuracy = [](const EpochReport& r) { return r.train.accuracy; };
  const bool tested = any_finite(history, test_loss), scored = any_finite(history, accuracy);

  std::vector<Panel> panels;
  panels.push_back(
      {tr("loss"), {{tr("training set"), [](const EpochReport& r) { return r.train.loss; }}}, "set yrange [0:*]"});
  if (tested) panels.back().curves.push_back({tr("test set"), test_loss});
  if (scored) {
    panels.push_back({tr("accuracy"), {{tr("training set"), accuracy}}, "set yrange [*:1]"});
    if (tested) panels.back().curves.push_back({tr("test set"), [](const EpochReport& r) { return r.test.accuracy; }});
  }
  const std::string title = plot::model_title(model.spec);
  return {.title = title,
          .description =
              tr("Curves over {n} epochs: the loss goes from {first} to {last} on the training set.",
                 fmt::arg("n", history.back().epoch), fmt::arg("first", format_number(history.front().train.loss)),
                 fmt::arg("last", format_number(history.back().train.loss))),
          .script = script_of(history, panels, title),
          .width = scored ? 900 : 520};
}

Plot plot_norms(const Model& model) {
  const History& history = history_of(model);
  using PerLayer = std::vector<double> EpochReport::*;
  const auto curves = [&](PerLayer values) {
    std::vector<Curve> found;
    for (std::size_t k = 0; k < (history.front().*values).size(); ++k) {
      found.push_back({tr("layer {n}", fmt::arg("n", k + 1)),
                       [=](const EpochReport& r) { return k < (r.*values).size() ? (r.*values)[k] : std::nan(""); }});
    }
    return found;
  };
  const std::vector<Panel> panels = {{"‖W‖ = √ΣW²", curves(&EpochReport::weight_norm), "set yrange [0:*]"},
                                     {"‖dW‖ = √ΣdW²", curves(&EpochReport::gradient_norm), "set yrange [0:*]"},
                                     {"max |W|", curves(&EpochReport::largest_weight), "set yrange [0:*]"}};
  if (panels.front().curves.empty()) throw InputError(tr("the history of the model holds no norms: train it again"));
  const std::string title = plot::model_title(model.spec);
  return {
      .title = title,
      .description = tr("The norms of the weights and of their gradients in each of {layers} layers, over {n} epochs.",
                        fmt::arg("layers", panels.front().curves.size()), fmt::arg("n", history.back().epoch)),
      .script = script_of(history, panels, title),
      .width = 1200};
}

Plot plot_depth(const Model& model) {
  const History& history = history_of(model);
  const std::vector<double>&before = history.front().gradient_norm, &after = history.back().gradient_norm;
  if (before.empty() || after.size() != before.size())
    throw InputError(tr("the history of the model holds no norms: train it again"));
  std::string text = plot::prologue() + "$layers << EOD\n";
  for (std::size_t k = 0; k < before.size(); ++k)
    text += fmt::format("{} {} {}\n", k + 1, plot::number(before[k]), plot::number(after[k]));
  const std::string title = plot::model_title(model.spec);
  text += fmt::format(
      "EOD\nset title {} noenhanced\nset xlabel {}\nset ylabel '‖dW‖ = √ΣdW²'\nset logscale y\nset yrange "
      "[*<1e-4:1<*]\nset format y "
      "'10^{{%L}}'\n"
      "set xtics 1\nset xrange [0.5:{}.5]\nset key below horizontal\nplot",
      plot::quoted(title), plot::quoted(tr("layer")), before.size());
  const std::string names[] = {tr("before training"), tr("after epoch {n}", fmt::arg("n", history.back().epoch))};
  for (std::size_t k = 0; k < 2; ++k) {
    const plot::Look& look = plot::look(k);
    // On a logarithmic axis 0 has no place.
    text += fmt::format(
        "{} $layers using 1:(${}>0?${}:NaN) with linespoints linecolor rgb '{}' linewidth 2 dashtype {} pointtype {} "
        "pointsize 0.7 title {}",
        k == 0 ? "" : ",", k + 2, k + 2, plot::hex(look.colour), look.dash, look.filled, plot::quoted(names[k]));
  }
  return {.title = title,
          .description = tr("The norm of the gradient in each of {layers} layers: before training it is {first} in the "
                            "first and {last} in the last.",
                            fmt::arg("layers", before.size()), fmt::arg("first", format_number(before.front())),
                            fmt::arg("last", format_number(before.back()))),
          .script = text + "\n",
          .width = 560};
}

}  // namespace gradwalk
