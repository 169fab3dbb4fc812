// Lesson 04: z = x·Wᵀ + b and its three gradients.
#include "gradwalk/tracer/language.hpp"
#include "kinds/kinds.hpp"

namespace gradwalk::worksheet {
namespace {

Problem layer(Numbers& numbers, std::size_t N, std::size_t in, std::size_t out) {
  Problem problem;
  problem.trace.input("x", {N, in}, numbers.integers(N * in));
  problem.trace.parameter("W", {out, in}, numbers.halves(out * in));
  problem.trace.parameter("b", {out}, numbers.integers(out, 2));
  problem.trace.op(OpKind::linear, {"x", "W", "b"}, "z");
  problem.trace.backward("z", numbers.halves(N * out));
  problem.give("x").give("W").give("b").give("dz").rule("z = x·Wᵀ + b");
  return problem.draw(problem.trace.record);
}

}  // namespace

Problem linear_parameters(Numbers& numbers) {
  Problem problem = layer(numbers, numbers.one_of({2u, 3u}), numbers.one_of({2u, 3u}), 2);
  problem.task =
      tr("`dz` has come back to a linear layer; each row of `x` is a sample. Find the gradients of `W` and of `b`.");
  return problem.ask("dW").ask("db");
}

Problem linear_inputs(Numbers& numbers) {
  Problem problem = layer(numbers, 2, numbers.one_of({2u, 3u}), numbers.one_of({2u, 3u}));
  problem.task =
      tr("Find the output `z` of a linear layer for a batch of two rows, and the gradient `dx` that it hands on.");
  return problem.ask("z").ask("dx");
}

}  // namespace gradwalk::worksheet
