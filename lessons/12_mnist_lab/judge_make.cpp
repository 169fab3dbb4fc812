#include "judge_make.hpp"

#include <algorithm>
#include <cmath>

#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"

namespace gradwalk::harness::lesson_12 {
namespace {

using Values = std::vector<double>;

constexpr std::size_t widths[] = {100, 64, 32, 10};

/// √in times the deviation of the weights from 0.
double deviation_of(const Values& W, std::size_t in) {
  double sum = 0;
  for (const double w : W) sum += w * w;
  return std::sqrt(double(in) * sum / double(W.size()));
}

/// √in times their mean.
double mean_of(const Values& W, std::size_t in) {
  double sum = 0;
  for (const double w : W) sum += w;
  return std::sqrt(double(in)) * sum / double(W.size());
}

/// The share of the weights that are not the first one once more.
double unlike_first(const Values& W) {
  return double(std::count_if(W.begin(), W.end(), [&](double w) { return w != W[0]; })) / double(W.size());
}

/// The share of the weights that are no other one once more.
double distinct(Values W) {
  const double count = double(W.size());
  std::sort(W.begin(), W.end());
  return double(std::unique(W.begin(), W.end()) - W.begin()) / count;
}

/// Of n draws the deviation is known to one part in √(2n), and the mean to one in √n of the deviation: six of these are
/// never reached by chance.
Expected drawn_weights(const char* name, std::size_t layer) {
  const std::size_t in = widths[layer], out = widths[layer + 1];
  const double n = double(in * out), off = 6 / std::sqrt(2 * n), mean_off = 6 / std::sqrt(n);
  Expected one = expected(name, "net", {out, in}, Values(in * out));
  one.complaint = [=](const Values& W) -> std::string {
    if (distinct(W) < 0.95)
      return tr(
          "many weights of layer {layer} are the same number: each is to be drawn by itself, all from one "
          "generator",
          fmt::arg("layer", layer + 1));
    if (const double got = deviation_of(W, in); !(std::abs(got - 1) < off))
      return layer == 0
                 ? tr("the deviation of the weights is {got}/√in, 1/√in is asked for",
                      fmt::arg("got", format_number(got, 3)))
                 : tr("the deviation of the weights of layer {layer} is {got}/√in, 1/√in is asked for: every layer has "
                      "an in of its own",
                      fmt::arg("layer", layer + 1), fmt::arg("got", format_number(got, 3)));
    if (const double got = mean_of(W, in); !(std::abs(got) < mean_off))
      return tr("the mean of the weights of layer {layer} is {got}/√in, 0 is asked for", fmt::arg("layer", layer + 1),
                fmt::arg("got", format_number(got, 3)));
    return {};
  };
  return one;
}

Expected biases(const char* name, std::size_t layer) {
  Expected one = expected(name, "net", {widths[layer + 1]}, Values(widths[layer + 1]));
  one.untouched = Values(widths[layer + 1], -1);
  return one;
}

/// How many weights of the first layer of one net are as they are in another: none when the seed is another.
Expected equal_weights() {
  Expected one = expected("equal", "net", {}, {0});
  one.untouched = {-1};
  one.complaint = [](const Values& equal) {
    return equal[0] == 0 ? std::string()
                         : trn("{n} of 6400 weights is the same for two seeds: begin the generator with seed",
                               "{n} of 6400 weights are the same for two seeds: begin the generator with seed",
                               static_cast<std::size_t>(std::abs(equal[0])), fmt::arg("n", std::abs(equal[0])));
  };
  return one;
}

/// And how many are not when it is the same.
Expected unequal_weights() {
  Expected one = expected("unequal", "net", {}, {0});
  one.untouched = {-1};
  one.complaint = [](const Values& unequal) {
    return unequal[0] == 0
               ? std::string()
               : trn("{n} of 6400 weights is another in a second net of the same seed: begin a generator with seed in "
                     "every call",
                     "{n} of 6400 weights are others in a second net of the same seed: begin a generator with seed in "
                     "every call",
                     static_cast<std::size_t>(std::abs(unequal[0])), fmt::arg("n", std::abs(unequal[0])));
  };
  return one;
}

}  // namespace

Check make_check() {
  Check check;
  check.id = check.function = "make";
  check.send = {{"widths", {std::size(widths)}, Values(std::begin(widths), std::end(widths))}};
  check.expect = {expected("layers", "net", {}, {5}),
                  drawn_weights("W", 0),
                  biases("b", 0),
                  drawn_weights("W2", 1),
                  biases("b2", 1),
                  drawn_weights("W3", 2),
                  biases("b3", 2),
                  equal_weights(),
                  unequal_weights()};
  const auto recognise = [&](const char* id, const std::string& words, std::function<bool(const Values&)> is_it) {
    check.known_wrong.push_back({id, "W", {}, words, std::move(is_it)});
  };
  const auto deviation = [&](const char* id, double low, double high, const std::string& words) {
    recognise(id, words,
              [=](const Values& W) { return deviation_of(W, widths[0]) >= low && deviation_of(W, widths[0]) <= high; });
  };
  // In multiples of 1/√in, for in = 100.
  deviation("variance-for-deviation", 0.095, 0.105, tr("that is 1/in: its root is missing"));
  deviation("uniform-too-narrow", 0.55, 0.605,
            tr("uniform in −s … s has the variance s²/3: the bounds are √3 times the deviation"));
  deviation("he-for-one-over-in", 1.35, 1.48, tr("that is √(2/in)"));
  deviation("outputs-for-inputs", 1.2, 1.3, tr("that is 1/√out: W is (out, in)"));
  deviation("not-scaled-down", 9.5, 10.5, tr("that is 1, whatever the number of inputs is"));
  recognise("generator-begun-anew",
            tr("each is the first number of a generator of its own: begin one, and draw all of them"),
            [](const Values& W) { return W[0] != 0 && unlike_first(W) == 0; });
  recognise("weights-of-one-sign", tr("all of them have one sign: half of a normal distribution is missing"),
            [](const Values& W) {
              const auto is_positive = [](double w) { return w > 0; };
              return unlike_first(W) > 0 &&
                     (std::all_of(W.begin(), W.end(), is_positive) || std::none_of(W.begin(), W.end(), is_positive));
            });
  const auto layers = [&](const char* id, double count, const std::string& words) {
    check.known_wrong.push_back({id, "layers", {count}, words});
  };
  layers("activation-behind-last", 6, tr("with an activation behind the last layer as well: it gives the logits"));
  layers("activations-left-out", 3, tr("with the activations between the layers left out"));
  layers("last-layer-left-out", 4, tr("with the last layer left out"));
  return check;
}

Check made_forward_check(Draw& draw) {
  constexpr std::size_t rows = 6, made[] = {3, 5, 4, 2};
  const auto net = [&](OpKind between, const Trace* same_numbers) {
    Trace t;
    const auto numbers = [&](const std::string& name, std::size_t count) {
      return same_numbers ? same_numbers->tensor(name).values : draw.numbers(count);
    };
    t.input("x", {rows, made[0]}, numbers("x", rows * made[0]));
    std::string input = "x";
    for (std::size_t l = 0; l + 1 < std::size(made); ++l) {
      const std::string number = std::to_string(l + 1), W = "W" + number, b = "b" + number, z = "z" + number;
      t.parameter(W, {made[l + 1], made[l]}, numbers(W, made[l + 1] * made[l]));
      t.parameter(b, {made[l + 1]}, numbers(b, made[l + 1]));
      t.op(OpKind::linear, {input, W, b}, z);
      if (l + 2 < std::size(made)) t.op(between, {z}, input = "a" + number);
    }
    return t;
  };
  const Trace right = net(OpKind::tanh, nullptr);
  Check check =
      traced_check("made-forward", "made_forward", right, {"x", "W1", "b1", "W2", "b2", "W3", "b3"}, {{"z3", "net"}});
  const auto known = [&](const char* id, OpKind between, const std::string& words) {
    check.known_wrong.push_back({id, "z3", net(between, &right).tensor("z3").values, words});
  };
  known("net-of-relu", OpKind::relu, tr("with a ReLU between the layers, where a Tanh is asked for"));
  known("net-of-sigmoid", OpKind::sigmoid, tr("with a Sigmoid between the layers, where a Tanh is asked for"));
  return check;
}

}  // namespace gradwalk::harness::lesson_12
