#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "gradwalk/nn/rules.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"
#include "gradwalk/tracer/plot.hpp"
#include "plot/sample_range.hpp"
#include "plot/script.hpp"

namespace gradwalk {
namespace {

constexpr std::size_t piece_places = 81;  // of one smooth piece
constexpr double leaky_slope = 0.1;       // 0.01 could not be told from 0 in a picture

struct ValueAndSlope {
  double value, slope;
};

/// An op of one number, asked through the rules that explain every record.
class Function {
 public:
  Function(OpKind kind, std::optional<double> target, std::map<std::string, double> attributes = {}) {
    const auto tensor = [&](const char* name, Shape shape, double value) {
      record_.tensors.push_back({.name = name, .shape = std::move(shape), .value = {value}, .gradient = {}});
      return record_.tensors.size() - 1;
    };
    op_ = {.kind = kind, .inputs = {tensor("z", {1, 1}, 0)}, .output = 0, .attributes = std::move(attributes)};
    if (target) op_.inputs.push_back(tensor("y", wants_values(kind) ? Shape{1, 1} : Shape{1}, *target));
    op_.output = tensor("a", target ? Shape{} : Shape{1, 1}, 0);
  }

  ValueAndSlope at(double x) {
    record_.tensors[0].value[0] = x;
    const double value = forward_element(record_, op_, 0);
    record_.tensors[op_.output].value[0] = value;
    double slope = 0;
    for_each_input(record_, op_, 0, [&](std::size_t, std::size_t, double local) { slope += local; });
    return {value, slope};
  }

 private:
  static bool wants_values(OpKind kind) { return kind == OpKind::squared_error || kind == OpKind::absolute_error; }

  Record record_;
  Op op_;
};

struct FunctionCurve {
  std::string block, caption;  // block is gnuplot's name of its numbers
  std::function<ValueAndSlope(double)> at;
  plot::Range x;
  std::optional<double> kink;  // where the derivative jumps, or the value
  bool step = false;           // it is the value that jumps: there is no derivative to take
};

FunctionCurve curve(std::string block, std::string caption, Function function, plot::Range x,
                    std::optional<double> kink = std::nullopt) {
  return {std::move(block), std::move(caption),
          [function = std::move(function)](double at) mutable { return function.at(at); }, x, kink};
}

/// x, value, derivative; a blank line where the pen is lifted. A second block holds what is taken at the kink itself.
std::string blocks_of(const FunctionCurve& curve) {
  constexpr double aside = 1e-9;
  std::string text = fmt::format("${} << EOD\n", curve.block);
  const auto line = [&](double x) {
    const ValueAndSlope point = curve.at(x);
    return fmt::format("{} {} {}\n", x, plot::number(point.value), plot::number(point.slope));
  };
  const auto piece = [&](plot::Range x) {
    for (std::size_t i = 0; i < piece_places; ++i) text += line(x.at(i, piece_places));
  };
  if (!curve.kink) {
    piece(curve.x);
    return text + "EOD\n";
  }
  piece({curve.x.low, *curve.kink - aside});
  text += "\n";
  piece({*curve.kink + aside, curve.x.high});
  return text + fmt::format("EOD\n${}_kink << EOD\n{}EOD\n", curve.block, line(*curve.kink));
}

/// The curves of one panel; `column` 2 is the value, 3 the derivative. Where that jumps, a dot is what one takes.
std::string panel(const std::vector<FunctionCurve>& curves, std::size_t first_look, int column,
                  const std::string& head) {
  std::string text = head + "plot";
  for (std::size_t k = 0; k < curves.size(); ++k) {
    const plot::Look& look = plot::look(first_look + k);
    text += fmt::format("{} ${} using 1:{} with lines linecolor rgb '{}' linewidth 2 dashtype {} title {}",
                        k == 0 ? "" : ",", curves[k].block, column, plot::hex(look.colour), plot::look(k).dash,
                        plot::quoted(curves[k].caption));
    if (curves[k].kink && curves[k].step == (column == 2))
      text += fmt::format(", ${}_kink using 1:{} with points pointtype 7 pointsize 0.6 linecolor rgb '{}' notitle",
                          curves[k].block, column, plot::hex(look.colour));
  }
  return text + "\n";
}

std::string head(const std::string& x, const std::string& y, const plot::Range& shown, const plot::Range& height,
                 bool with_key) {
  return fmt::format(
      "set xlabel {} noenhanced offset 0,0.4\nset ylabel {} noenhanced\nset xrange [{}:{}]\nset yrange [{}:{}]\nset "
      "xtics {}\n{}\n",
      plot::quoted(x), plot::quoted(y), shown.low, shown.high, height.low, height.high, shown.high > 1 ? "1" : "0.25",
      with_key ? "set key below vertical maxcols 1" : "unset key");
}

/// Right is z > 0, as for the logistic loss of the label 1.
ValueAndSlope zero_one(double z) { return {z > 0 ? 0.0 : 1.0, 0}; }

}  // namespace

Plot plot_losses() {
  const plot::Range error{-2, 2}, logit{-4, 4}, probability{0.05, 1};
  struct Group {
    std::vector<FunctionCurve> curves;
    std::string x;
    plot::Range shown, loss, slope;
  };
  const std::vector<Group> groups = {
      {{curve("squared", tr("squared error"), {OpKind::squared_error, 0}, error),
        curve("absolute", tr("absolute error"), {OpKind::absolute_error, 0}, error, 0)},
       tr("output − target"),
       error,
       {0, 4},
       {-4, 4}},
      {{curve("logistic", tr("logistic loss, label 1"), {OpKind::binary_logistic, 1}, logit),
        {"zero_one", tr("0-1 loss, label 1"), zero_one, logit, 0, true}},
       "z",
       logit,
       {-0.1, 4},
       {-1.1, 0.5}},
      {{curve("cross_entropy", tr("cross-entropy"), {OpKind::cross_entropy, 0}, probability)},
       tr("p of the label"),
       {0, 1},
       {0, 4},
       {-20, 1}}};
  std::string text = plot::prologue();
  for (const Group& group : groups)
    for (const FunctionCurve& one : group.curves) text += blocks_of(one);
  text += fmt::format(
      "set multiplot layout 2,{} margins 0.085,0.985,0.17,0.975 spacing 0.08,0.1\nset xzeroaxis linecolor "
      "rgb '#444444'\n",
      groups.size());
  for (const int column : {2, 3}) {
    for (std::size_t g = 0, look = 0; g < groups.size(); look += groups[g++].curves.size()) {
      const Group& group = groups[g];
      const bool slope = column == 3;
      text += panel(group.curves, look, column,
                    head(slope ? group.x : "",
                         g > 0   ? ""
                         : slope ? tr("derivative")
                                 : tr("loss"),
                         group.shown, slope ? group.slope : group.loss, slope));
    }
  }
  return {.title = tr("Losses of one row, and their derivatives"),
          .description = tr("Curves of the squared, absolute, logistic and 0-1 loss and of the cross-entropy above, of "
                            "their derivatives below. That of the absolute error jumps at 0; that of the 0-1 loss is "
                            "0 on both sides of its step."),
          .script = text + "unset multiplot\n",
          .width = 900,
          .height = 620};
}

Plot plot_activations() {
  const plot::Range z{-6, 6};
  const std::vector<FunctionCurve> curves = {
      curve("tanh", "tanh", {OpKind::tanh, {}}, z), curve("sigmoid", "sigmoid", {OpKind::sigmoid, {}}, z),
      curve("relu", "ReLU", {OpKind::relu, {}}, z, 0),
      curve("leaky_relu", tr("leaky ReLU, slope {slope}", fmt::arg("slope", format_number(leaky_slope))),
            {OpKind::leaky_relu, {}, {{"slope", leaky_slope}}}, z, 0)};
  std::string text = plot::prologue();
  for (const FunctionCurve& one : curves) text += blocks_of(one);
  text += "set multiplot layout 1,2\n";
  text += panel(curves, 0, 2, head("z", "a", z, {-1.5, 3}, true));
  text += panel(curves, 0, 3, head("z", "∂a/∂z", z, {-0.1, 1.1}, true));
  return {.title = tr("Activations and their derivatives"),
          .description = tr("Curves of tanh, sigmoid, ReLU and leaky ReLU, and of their derivatives: far from 0 those "
                            "of tanh and sigmoid are nearly 0, and that of ReLU is 0 on the whole left side."),
          .script = text + "unset multiplot\n",
          .width = 900,
          .height = 440};
}

}  // namespace gradwalk
