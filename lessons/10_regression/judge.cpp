// What lesson 10 checks: the line, both gradients held against finite differences, and a descent of a few steps.
#include <cmath>

#include "gradwalk/harness/lesson.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk::harness {
namespace {

Trace line(Draw& draw, OpKind loss, std::size_t points) {
  Trace t;
  t.input("x", {points, 1}, draw.numbers(points));
  t.parameter("W", {1, 1}, draw.numbers(1));
  t.parameter("b", {1}, draw.numbers(1));
  t.op(OpKind::linear, {"x", "W", "b"}, "f");
  // The points lie above the line and below it in turn, so that both signs of f − y come up.
  std::vector<double> y = t.tensor("f").values;
  const std::vector<double> distances = draw.numbers(points);
  for (std::size_t n = 0; n < points; ++n) y[n] += (n % 2 == 0 ? 1 : -1) * std::abs(distances[n]);
  t.target("y", {points, 1}, std::move(y));
  t.op(loss, {"f", "y"}, "L");
  t.backward("L", {1});
  return t;
}

struct Point {
  double w, b;
};

struct Descent {
  bool gradient_once = false, bias_too = true, from_new_w = false;
  double sign = 1;
};

/// The descent on the squared error, or a wrong one.
Point descend(const Trace& t, std::size_t steps, double learning_rate, const Descent& how) {
  const std::vector<double> x = t.tensor("x").values, y = t.tensor("y").values;
  const auto N = static_cast<double>(x.size());
  const auto gradient = [&](Point at) {
    Point sum{0, 0};
    for (std::size_t n = 0; n < x.size(); ++n) {
      const double df = 2 * (at.w * x[n] + at.b - y[n]) / N;
      sum.w += df * x[n];
      sum.b += df;
    }
    return sum;
  };
  Point at{t.tensor("W").values[0], t.tensor("b").values[0]};
  const Point first = gradient(at);
  for (std::size_t step = 0; step < steps; ++step) {
    const Point slope = how.gradient_once ? first : gradient(at);
    at.w -= how.sign * learning_rate * slope.w;
    if (how.bias_too) at.b -= how.sign * learning_rate * (how.from_new_w ? gradient(at).b : slope.b);
  }
  return at;
}

Check fit(Draw& draw) {
  constexpr std::size_t steps = 7;
  constexpr double learning_rate = 0.125;
  const Trace t = line(draw, OpKind::squared_error, 6);
  const auto both = [&](const Descent& how) { return descend(t, steps, learning_rate, how); };
  const Point right = both({});
  Check check;
  check.id = "fit";
  check.function = "fit";
  for (const char* name : {"W", "b", "x", "y"}) check.send.push_back(t.tensor(name));
  check.send.push_back({"steps", {}, {static_cast<double>(steps)}});
  check.send.push_back({"learning_rate", {}, {learning_rate}});
  check.expect = {expected("W after", "fit", {1, 1}, {right.w}), expected("b after", "fit", {1}, {right.b})};
  check.expect[0].untouched = t.tensor("W").values;
  check.expect[1].untouched = t.tensor("b").values;
  const auto known = [&](const char* id, const Descent& how, const std::string& words) {
    const Point wrong = both(how);
    check.known_wrong.push_back({id, "W after", {wrong.w}, words});
    check.known_wrong.push_back({id, "b after", {wrong.b}, words});
  };
  known("ascent", {.sign = -1}, tr("with += where −= belongs: it goes uphill"));
  known("gradient-once", {.gradient_once = true}, tr("with the gradient of the first step used for all of them"));
  known("bias-left-out", {.bias_too = false}, tr("with b left as it was"));
  known("from-new-w", {.from_new_w = true}, tr("with ∂L/∂b taken after w has moved: both belong to the same line"));
  const Point one = descend(t, 1, learning_rate, {});
  check.known_wrong.push_back({"one-step", "W after", {one.w}, tr("with the loop ended after its first step")});
  check.known_wrong.push_back({"one-step", "b after", {one.b}, tr("with the loop ended after its first step")});
  return check;
}

}  // namespace

std::vector<Check> lesson_10_regression(Draw& draw) {
  const Trace squared = line(draw, OpKind::squared_error, 6), absolute = line(draw, OpKind::absolute_error, 7);
  const std::vector<std::string> all = {"W", "b", "x", "y"};
  return {traced_check("predict", "predict", squared, {"W", "b", "x"}, {{"f", "predict"}}),
          traced_check("squared", "squared", squared, all, {{"dW", "squared"}, {"db", "squared"}}),
          traced_check("absolute", "absolute", absolute, all, {{"dW", "absolute"}, {"db", "absolute"}}), fit(draw)};
}

}  // namespace gradwalk::harness
