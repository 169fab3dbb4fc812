// Lesson 09: all gradients first, then the step of every parameter.
#include "gradwalk/tracer/language.hpp"
#include "kinds/kinds.hpp"

namespace gradwalk::worksheet {

Problem update_of_one_layer(Numbers& numbers) {
  Problem problem;
  Trace& trace = problem.trace;
  trace.input("x", {2, 2}, numbers.integers(4));
  trace.parameter("W1", {1, 2}, numbers.halves(2));
  trace.parameter("b1", {1}, numbers.halves(1));
  trace.target("y", {2, 1}, numbers.integers(2));
  trace.op(OpKind::linear, {"x", "W1", "b1"}, "z1");
  trace.op(OpKind::squared_error, {"z1", "y"}, "L");
  trace.backward("L", {1});
  problem.learning_rate = numbers.one_of({0.1, 0.2, 0.5});
  problem.task =
      tr("One step of training: a mini-batch of two rows, one layer. Find the gradients, then the parameters after the "
         "update.");
  problem.rule("z1 = x·W1ᵀ + b1").rule("L = (1/N)·Σ (z1 − y)²").rule("W1′ = W1 − η·dW1").rule("b1′ = b1 − η·db1");
  for (const char* name : {"x", "y", "W1", "b1"}) problem.give(name);
  problem.give("η", problem.learning_rate);
  problem.ask("dz1").ask("dW1").ask("db1").ask_updated("W1").ask_updated("b1");
  return problem.draw(trace.record);
}

Problem update_of_two_layers(Numbers& numbers) {
  Problem problem;
  Trace& trace = problem.trace;
  trace.input("x", {1, 1}, numbers.integers(1));
  trace.parameter("W1", {2, 1}, numbers.integers(2, 2));
  trace.parameter("b1", {2}, numbers.integers(2, 2));
  trace.parameter("W2", {1, 2}, numbers.halves(2));
  trace.parameter("b2", {1}, numbers.integers(1, 2));
  trace.target("y", {1, 1}, numbers.integers(1));
  trace.op(OpKind::linear, {"x", "W1", "b1"}, "z1");
  trace.op(OpKind::relu, {"z1"}, "a1");
  trace.op(OpKind::linear, {"a1", "W2", "b2"}, "z2");
  trace.op(OpKind::squared_error, {"z2", "y"}, "L");
  trace.backward("L", {1});
  problem.learning_rate = numbers.one_of({0.1, 0.05, 0.5});
  problem.task = tr(
      "One step of training a net 1-2-1 on one sample. Find all gradients with the weights as they are, and only then "
      "the weights after the update.");
  problem.rule("z1 = x·W1ᵀ + b1").rule("a1 = max(z1, 0)").rule("z2 = a1·W2ᵀ + b2").rule("L = (z2 − y)²");
  problem.rule("W1′ = W1 − η·dW1").rule("W2′ = W2 − η·dW2");
  for (const char* name : {"x", "y", "W1", "b1", "W2", "b2"}) problem.give(name);
  problem.give("η", problem.learning_rate);
  problem.ask("dz2").ask_nonzero("dW2").ask_nonzero("dW1").ask_updated("W2").ask_updated("W1");
  return problem.draw(trace.record);
}

}  // namespace gradwalk::worksheet
