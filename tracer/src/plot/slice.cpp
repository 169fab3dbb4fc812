#include <algorithm>
#include <cmath>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/surface.hpp"
#include "plot/model_title.hpp"
#include "plot/sample_range.hpp"
#include "plot/script.hpp"

namespace gradwalk {
namespace {

constexpr std::size_t slice_places = 801;  // so fine that a step of the accuracy looks like one

/// As far to either side of the value as shows where the loss bends.
plot::Range around(double value) {
  const double room = std::max(1.0, 2 * std::abs(value));
  return {value - room, value + room};
}

}  // namespace

Plot plot_slice(const Model& model, const Dataset<double>& data, const std::string& parameter) {
  if (!wants_labels(model.spec.loss)) throw InputError(tr("a slice shows the share of wrong rows, and needs classes"));
  Net<double> net = model.net;
  double& w = parameter_named(net, parameter);
  const double here = w;
  const plot::Range range = around(here);
  std::string text = plot::prologue() + "$slice << EOD\n";
  const auto line = [&](double at) {
    w = at;
    const Score score = evaluate(net, model.spec.loss, data.train);
    return fmt::format("{} {} {}\n", at, plot::number(score.loss), plot::number(1 - score.accuracy));
  };
  for (std::size_t i = 0; i < slice_places; ++i) text += line(range.at(i, slice_places));
  text += "EOD\n$here << EOD\n" + line(here) + "EOD\n";
  const std::string title = plot::model_title(model.spec);
  text += fmt::format("set title {} noenhanced\nset xlabel {} noenhanced\nset xrange [{}:{}]\nset yrange [0:*]\n",
                      plot::quoted(title), plot::quoted(parameter), range.low, range.high);
  text += "set key below\nplot";
  const std::string captions[] = {tr("loss"), tr("0-1 loss: share of wrong rows")};
  for (std::size_t k = 0; k < 2; ++k) {
    const plot::Look& look = plot::look(k);
    text += fmt::format("{} $slice using 1:{} with lines linecolor rgb '{}' linewidth 2 title {}", k == 0 ? "" : ",",
                        k + 2, plot::hex(look.colour), plot::quoted(captions[k]));
  }
  text += fmt::format(", $here using 1:2 with points pointtype 7 pointsize 0.8 linecolor rgb '{}' title {}\n",
                      plot::hex(plot::look(0).colour), plot::quoted(tr("the net as it is")));
  return {.title = title,
          .description = tr("The loss and the share of wrong rows while {parameter} alone is changed: the first is a "
                            "smooth curve, the second a staircase with flat steps.",
                            fmt::arg("parameter", parameter)),
          .script = text,
          .width = 640,
          .height = 440};
}

}  // namespace gradwalk
