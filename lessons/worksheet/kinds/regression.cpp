// Lesson 10: a line through points.
#include "gradwalk/tracer/language.hpp"
#include "kinds/kinds.hpp"

namespace gradwalk::worksheet {
namespace {

Problem line(Numbers& numbers, OpKind loss, const char* rule) {
  const std::size_t N = numbers.one_of({2u, 4u});
  Problem problem;
  Trace& trace = problem.trace;
  trace.input("x", {N, 1}, numbers.integers(N, 4));
  trace.parameter("W1", {1, 1}, numbers.halves(1));
  trace.parameter("b1", {1}, numbers.halves(1));
  trace.target("y", {N, 1}, numbers.integers(N, 4));
  trace.op(OpKind::linear, {"x", "W1", "b1"}, "z1");
  trace.op(loss, {"z1", "y"}, "L");
  trace.backward("L", {1});
  problem.task =
      trn("A line with the slope `W1` and the intercept `b1` is fitted to {n} point. Find the loss and its gradients.",
          "A line with the slope `W1` and the intercept `b1` is fitted to {n} points. Find the loss and its gradients.",
          N, fmt::arg("n", N));
  problem.rule("z1 = x·W1ᵀ + b1").rule(rule);
  for (const char* name : {"x", "y", "W1", "b1"}) problem.give(name);
  problem.ask("L").ask("dz1").ask("dW1").ask("db1");
  return problem.draw(trace.record);
}

}  // namespace

Problem regression_line(Numbers& numbers) { return line(numbers, OpKind::squared_error, "L = (1/N)·Σ (z1 − y)²"); }

Problem regression_with_absolute_error(Numbers& numbers) {
  return line(numbers, OpKind::absolute_error, "L = (1/N)·Σ |z1 − y|");
}

}  // namespace gradwalk::worksheet
