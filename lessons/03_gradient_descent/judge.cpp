// What lesson 03 checks: here the gradient on some rows, held against finite differences; beside it the shuffle and the
// descent.
#include <algorithm>
#include <cmath>

#include "gradwalk/tracer/language.hpp"
#include "judge_orders.hpp"

namespace gradwalk::harness {
namespace lesson_03 {
namespace {

/// The neuron on these rows of the training set.
Trace neuron(const Values& w, double b, const Values& all_x, const Values& all_y, const std::vector<double>& rows) {
  Values x, y;
  for (const double row : rows) {
    const auto at = all_x.begin() + std::ptrdiff_t(row) * std::ptrdiff_t(D);
    x.insert(x.end(), at, at + D);
    y.push_back(all_y[std::size_t(row)]);
  }
  Trace t;
  t.input("x", {rows.size(), D}, x);
  t.parameter("W", {1, D}, w);
  t.parameter("b", {1}, {b});
  t.op(OpKind::linear, {"x", "W", "b"}, "f");
  t.target("y", {rows.size(), 1}, y);
  t.op(OpKind::squared_error, {"f", "y"}, "L");
  t.backward("L", {1});
  return t;
}

Check gradient_check(Draw& draw) {
  constexpr std::size_t count = 8;
  const Values w = draw.numbers(D), b = draw.numbers(1), x = draw.numbers(count * D);
  const Values rows = {6, 1, 4};
  // Too high, too low, too high … : where all errors had one sign, a lost sign would look like a turned one.
  Values y = draw.numbers(count);
  for (std::size_t n = 0; n < count; ++n) {
    double f = b[0];
    for (std::size_t i = 0; i < D; ++i) f += w[i] * x[n * D + i];
    y[n] = f + (n % 4 < 2 ? 1 : -1) * std::abs(y[n]);
  }
  const auto on = [&](const Values& others) { return neuron(w, b[0], x, y, others); };
  const Trace t = on(rows);
  Check check = traced_check("gradient", "gradient", t, {"W", "b"}, {{"dW", "gradient"}, {"db", "gradient"}});
  check.send.push_back({"rows", {rows.size()}, rows});
  check.send.push_back({"all x", {count, D}, x});
  check.send.push_back({"all y", {count}, y});
  for (const char* name : {"dW", "db"}) {
    Values over_all = t.tensor(name).values;
    for (double& value : over_all) value *= double(rows.size()) / count;
    check.known_wrong.push_back(
        {"mean-over-all-rows", name, over_all, tr("divided by the rows of the training set, not of the mini-batch")});
    check.known_wrong.push_back({"rows-as-they-lie", name, on({0, 1, 2}).tensor(name).values,
                                 tr("of the first rows of x, not of those that are named")});
    check.known_wrong.push_back({"rows-all", name, on({0, 1, 2, 3, 4, 5, 6, 7}).tensor(name).values,
                                 tr("of all rows of x, not of those that are named")});
  }
  return check;
}

}  // namespace
}  // namespace lesson_03

std::vector<Check> lesson_03_gradient_descent(Draw& draw) {
  using namespace lesson_03;
  Check gradient = gradient_check(draw);
  // Short numbers cancel now and then: a db of 0 is what nobody has computed.
  while (std::abs(gradient.expect[1].values[0]) < 0.05) gradient = gradient_check(draw);
  return {gradient, orders_check(draw), fair_check(draw), fair_for_more_check(draw),
          descent_check(draw, "mini-batches", 10, 4, 3), descent_check(draw, "full-batch", 6, 6, 4)};
}

}  // namespace gradwalk::harness
