// What lesson 01 checks: sums and decisions, one of them exactly on the boundary; one step of the rule on a sample that
// is wrong and on one that is right; and a few epochs over a batch.
#include "gradwalk/harness/lesson.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk::harness {
namespace {

struct Neuron {
  std::vector<double> w;
  double b;
};

/// What may be done in another way than the right one.
struct Way {
  bool with_bias = true, always = false, bias_learns = true, times_label = true, to_weights = true;
  double sign = 1;
  bool with_eta = true;
};

double sum_of(const Neuron& neuron, const double* x, bool with_bias = true) {
  double z = with_bias ? neuron.b : 0;
  for (std::size_t i = 0; i < neuron.w.size(); ++i) z += neuron.w[i] * x[i];
  return z;
}

Neuron learnt(Neuron neuron, const std::vector<double>& x, const std::vector<double>& y, double eta, int epochs,
              const Way& way) {
  const std::size_t D = neuron.w.size();
  for (int epoch = 0; epoch < epochs; ++epoch)
    for (std::size_t n = 0; n < y.size(); ++n) {
      const bool right = (sum_of(neuron, &x[n * D]) > 0 ? 1 : -1) == y[n];
      if (right && !way.always) continue;
      const double step = way.sign * (way.with_eta ? eta : 1) * (way.times_label ? y[n] : 1);
      for (std::size_t i = 0; i < D; ++i) neuron.w[i] += step * x[n * D + i];
      if (way.bias_learns) neuron.b += step;
    }
  return neuron;
}

Check decisions(Draw& draw) {
  constexpr std::size_t rows = 6, D = 3;
  std::vector<double> x = draw.numbers(rows * D);
  const std::vector<double> w = draw.numbers(D);
  const Neuron neuron{w, w[0]};
  // The last row lies exactly on the boundary: w[0]·(−1) + b = 0.
  x[(rows - 1) * D] = -1, x[(rows - 1) * D + 1] = x[(rows - 1) * D + 2] = 0;
  std::vector<double> z, decided, without_bias, at_zero, zero_and_one;
  for (std::size_t n = 0; n < rows; ++n) {
    z.push_back(sum_of(neuron, &x[n * D]));
    without_bias.push_back(sum_of(neuron, &x[n * D], false));
    decided.push_back(z[n] > 0 ? 1 : -1);
    at_zero.push_back(z[n] >= 0 ? 1 : -1);
    zero_and_one.push_back(z[n] > 0 ? 1 : 0);
  }
  Check check;
  check.id = "decide";
  check.function = "decide";
  check.send = {{"w", {D}, neuron.w}, {"b", {}, {neuron.b}}, {"x", {rows, D}, x}};
  check.expect = {expected("z", "sum", {rows}, z), expected("decisions", "decide", {rows}, decided)};
  check.expect[0].tolerance.assign(rows, 1e-5);
  check.known_wrong = {{"bias-left-out", "z", without_bias, tr("with the bias b left out")},
                       {"boundary-is-one", "decisions", at_zero, tr("with 1 at z = 0, where −1 belongs")},
                       {"labels-zero-and-one", "decisions", zero_and_one, tr("with 0 and 1, where −1 and 1 belong")}};
  return check;
}

Check learning(Draw& draw, const std::string& id, std::size_t rows, int epochs) {
  constexpr std::size_t D = 2;
  constexpr double eta = 0.125;
  const Neuron neuron{draw.numbers(D), draw.numbers(1)[0]};
  const std::vector<double> x = draw.numbers(rows * D);
  std::vector<double> y;
  for (std::size_t n = 0; n < rows; ++n) {
    const double decided = sum_of(neuron, &x[n * D]) > 0 ? 1 : -1;
    y.push_back(n % 3 == 1 ? decided : -decided);  // of three, two are wrong
  }
  const auto after = [&](const Way& way) { return learnt(neuron, x, y, eta, epochs, way); };
  const Neuron right = after({});
  Check check;
  check.id = id;
  check.function = "learn";
  check.send = {{"w", {D}, neuron.w}, {"b", {}, {neuron.b}}, {"x", {rows, D}, x},
                {"y", {rows}, y},     {"eta", {}, {eta}},    {"epochs", {}, {static_cast<double>(epochs)}}};
  check.expect = {expected("w after", "learn", {D}, right.w), expected("b after", "learn", {}, {right.b})};
  check.expect[0].untouched = neuron.w;
  check.expect[1].untouched = {neuron.b};
  const auto known = [&](const char* mistake, const Way& way, const std::string& words) {
    const Neuron wrong = after(way);
    check.known_wrong.push_back({mistake, "w after", wrong.w, words});
    check.known_wrong.push_back({mistake, "b after", {wrong.b}, words});
  };
  known("learns-always", {.always = true}, tr("with a step for samples that are right as well"));
  known("bias-never-learns", {.bias_learns = false}, tr("with the bias never moved"));
  known("label-left-out", {.times_label = false},
        tr("with the factor y left out: every step goes to the side of class 1"));
  known("sign", {.sign = -1}, tr("with the step taken away from y's side"));
  known("rate-left-out", {.with_eta = false}, tr("with the learning rate η left out"));
  return check;
}

}  // namespace

std::vector<Check> lesson_01_perceptron(Draw& draw) {
  return {decisions(draw), learning(draw, "learn-wrong", 1, 1), learning(draw, "learn-three", 3, 1),
          learning(draw, "learn-epochs", 7, 3)};
}

}  // namespace gradwalk::harness
