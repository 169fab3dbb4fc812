#include <cmath>
#include <string>

#include "gradwalk/tracer/language.hpp"
#include "judge_parts.hpp"

namespace gradwalk::harness::lesson_11 {
namespace {

struct Penalty {
  double half = 0.5, factor = 1, old = 1;  // what stands before λ·Σ W², before λ·W, before the dW that was there
  bool biases = false, first_layer_only = false, last_layer_only = false;
  double sign_of_penalty = 1;
  bool penalty_without_lambda = false, gradient_without_lambda = false;
  bool of_gradient = false;          // λ·dW for λ·W
  bool absolute = false;             // |W| and its sign for W² and W
  bool squared_in_gradient = false;  // W² for W
};

/// Nets of `outputs.size()` linear layers: W1, b1, W2 …, t-th of them with its gradient.
Check l2_check(Draw& draw, const std::string& id, double lambda, const Shape& sizes) {
  std::vector<NamedTensor> p;
  for (std::size_t k = 1; k < sizes.size(); ++k) {
    const std::string number = std::to_string(k);
    p.push_back({"W" + number, {sizes[k], sizes[k - 1]}, draw.numbers(sizes[k] * sizes[k - 1])});
    p.push_back({"b" + number, {sizes[k]}, draw.numbers(sizes[k])});
  }
  Check check;
  check.id = id;
  check.function = "l2";
  check.send = p;
  std::vector<Values> before;
  for (const NamedTensor& tensor : p) {
    before.push_back(draw.numbers(tensor.values.size()));
    check.send.push_back({"d" + tensor.name, tensor.shape, before.back()});
  }
  check.send.push_back(scalar("lambda", lambda));
  const auto counts = [&](std::size_t t, const Penalty& how) {
    return (t % 2 == 0 || how.biases) && (t < 2 || !how.first_layer_only) &&
           (t + 2 >= p.size() || !how.last_layer_only);
  };
  const auto penalty = [&](const Penalty& how) {
    double sum = 0;
    for (std::size_t t = 0; t < p.size(); ++t)
      for (const double w : p[t].values) sum += !counts(t, how) ? 0 : how.absolute ? std::abs(w) : w * w;
    return how.sign_of_penalty * how.half * (how.penalty_without_lambda ? 1 : lambda) * sum;
  };
  const auto gradient = [&](std::size_t t, const Penalty& how) {
    Values d = before[t];
    for (std::size_t i = 0; i < d.size() && counts(t, how); ++i) {
      const double w = p[t].values[i];
      const double of = how.of_gradient           ? d[i]
                        : how.absolute            ? std::copysign(1, w)
                        : how.squared_in_gradient ? w * w
                                                  : w;
      d[i] = how.old * d[i] + how.factor * (how.gradient_without_lambda ? 1 : lambda) * of;
    }
    return d;
  };
  check.expect = {expected("penalty", "penalty", {}, {penalty({})})};
  for (std::size_t t = 0; t < p.size(); ++t) {
    check.expect.push_back(expected("d" + p[t].name, "gradient", p[t].shape, gradient(t, {})));
    check.expect.back().gradient = true;
    check.expect.back().untouched = before[t];
  }
  const auto known = [&](const char* mistake, const Penalty& how, const std::string& words) {
    if (penalty(how) != penalty({})) check.known_wrong.push_back({mistake, "penalty", {penalty(how)}, words});
    for (std::size_t t = 0; t < p.size(); ++t)
      if (gradient(t, how) != gradient(t, {}))
        check.known_wrong.push_back({mistake, "d" + p[t].name, gradient(t, how), words});
  };
  known("l2-without-half", {.half = 1}, tr("without the ½"));
  known("l2-with-biases", {.biases = true}, tr("with the biases made to pay too"));
  known("l2-first-layer-only", {.first_layer_only = true}, tr("of the first layer only"));
  known("l2-last-layer-only", {.last_layer_only = true}, tr("of the last layer only"));
  known("l2-absolute", {.absolute = true}, tr("with |W| for W²: that is L1"));
  known("l2-penalty-sign", {.sign_of_penalty = -1}, tr("taken away: large weights are to cost something"));
  known("l2-without-lambda", {.penalty_without_lambda = true}, tr("with λ left out"));
  known("l2-gradient-without-lambda", {.gradient_without_lambda = true}, tr("with λ left out"));
  known("l2-gradient-twice", {.factor = 2}, tr("with 2·λ·W: the ½ takes the 2 of the square away"));
  known("l2-gradient-half", {.factor = 0.5}, tr("with ½·λ·W: the 2 of the square takes the ½ away"));
  known("l2-gradient-squared", {.squared_in_gradient = true}, tr("with λ·W² for λ·W: that is the penalty itself"));
  known("l2-of-gradient", {.of_gradient = true}, tr("with λ·dW, where λ·W belongs"));
  known("l2-sign", {.factor = -1}, tr("with λ·W taken away: this makes the weights grow"));
  known("l2-overwrites", {.old = 0}, tr("with the gradient of the loss thrown away: λ·W is added to it"));
  return check;
}

}  // namespace

std::vector<Check> l2_checks(Draw& draw) {
  return {l2_check(draw, "l2", 0.25, {3, 4, 2}), l2_check(draw, "l2-three-layers", 0.375, {2, 3, 4, 2})};
}

}  // namespace gradwalk::harness::lesson_11
