#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/pass.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/plot.hpp"
#include "plot/model_title.hpp"
#include "plot/sample_range.hpp"
#include "plot/script.hpp"

namespace gradwalk {
namespace {

constexpr std::size_t places = 401;  // at which a net is asked

struct FittedCurve {
  std::string caption;
  const Net<double>& net;
};

/// x, then the output of every net.
std::string curves_block(const plot::Range& x, const std::vector<FittedCurve>& curves) {
  Matrix<double> points(places, 1);
  for (std::size_t i = 0; i < places; ++i) points(i, 0) = x.at(i, places);
  std::vector<Matrix<double>> outputs;
  for (const FittedCurve& curve : curves) outputs.push_back(predict(curve.net, points));
  std::string text = "$net << EOD\n";
  for (std::size_t i = 0; i < places; ++i) {
    text += fmt::format("{}", points(i, 0));
    for (const Matrix<double>& output : outputs) text += " " + plot::number(output(i, 0));
    text += "\n";
  }
  return text + "EOD\n";
}

std::string samples_block(const std::string& name, const Samples<double>& samples) {
  std::string text = fmt::format("${} << EOD\n", name);
  for (std::size_t n = 0; n < samples.size(); ++n)
    text += fmt::format("{} {}\n", samples.x(n, 0), samples.targets.values(n, 0));
  return text + "EOD\n";
}

Plot plot_of(const Model& model, const Dataset<double>& data, const std::vector<FittedCurve>& curves,
             const std::string& description) {
  if (model.spec.widths.front() != 1 || model.spec.widths.back() != 1 || data.features() != 1 || data.classes != 0) {
    throw InputError(tr("a fit needs a net with 1 input and 1 output, trained on values: see --show curves"));
  }
  const plot::Range x = plot::range_of(data, 0);
  const std::string title = plot::model_title(model.spec);
  std::string text = plot::prologue() + curves_block(x, curves) + samples_block("train", data.train) +
                     samples_block("test", data.test);
  text += fmt::format("set title {} noenhanced\nset xlabel {} noenhanced\nset xrange [{}:{}]\nset key below\n",
                      plot::quoted(title), plot::quoted(data.feature_names.at(0)), x.low, x.high);
  const plot::Look& samples = plot::look(0);
  text += fmt::format("plot $train using 1:2 with points pointtype {} pointsize 0.6 linecolor rgb '{}' title {}",
                      samples.filled, plot::hex(samples.colour), plot::quoted(tr("training set")));
  if (data.test.size() > 0) {
    text +=
        fmt::format(", $test using 1:2 with points pointtype {} pointsize 0.8 linewidth 2 linecolor rgb '{}' title {}",
                    samples.open, plot::hex(samples.colour), plot::quoted(tr("test set")));
  }
  for (std::size_t k = 0; k < curves.size(); ++k) {
    const plot::Look& look = plot::look(k + 1);
    text += fmt::format(", $net using 1:{} with lines linewidth 2.5 linecolor rgb '{}' dashtype {} title {}", k + 2,
                        plot::hex(look.colour), curves.size() == 1 ? 1 : look.dash, plot::quoted(curves[k].caption));
  }
  return {.title = title, .description = description, .script = text + "\n", .width = 640, .height = 440};
}

}  // namespace

Plot plot_fit(const Model& model, const Dataset<double>& data) {
  return plot_of(model, data, {{tr("output of the net"), model.net}},
                 tr("The output of the net as a curve over its input, with the samples."));
}

Plot plot_fit(const Model& model, const std::vector<NetAtEpoch>& nets, const Dataset<double>& data) {
  std::vector<FittedCurve> curves;
  for (const NetAtEpoch& at : nets) curves.push_back({tr("epoch {n}", fmt::arg("n", at.epoch)), at.net});
  return plot_of(model, data, curves,
                 tr("The output of the net as a curve over its input after the epochs {epochs}, with the samples.",
                    fmt::arg("epochs", epochs_of(nets))));
}

}  // namespace gradwalk
