// Lesson 11: weight decay, and what depth does to the size of values and gradients.
#include "gradwalk/tracer/language.hpp"
#include "kinds/kinds.hpp"

namespace gradwalk::worksheet {

Problem weight_decay(Numbers& numbers) {
  Problem problem;
  problem.learning_rate = numbers.one_of({0.1, 0.25, 0.5});
  problem.trace = expression_trace("e = w0*x0 + w1*x1 - y; R = w0^2 + w1^2; L = e^2 + lambda*R",
                                   {{"w0", numbers.half()},
                                    {"w1", numbers.half()},
                                    {"x0", numbers.integer()},
                                    {"x1", numbers.integer()},
                                    {"y", numbers.integer()},
                                    {"lambda", numbers.one_of({0.5, 0.25, 0.1})}});
  problem.task =
      tr("Weight decay: `λ·R` is added to the loss, so that large weights cost something. Find the gradients of `L`, "
         "and the "
         "weights after one step.");
  for (const char* name : {"x0", "x1", "y", "w0", "w1"}) problem.give(name);
  problem.give("λ", problem.trace.tensor("lambda").values[0]).give("η", problem.learning_rate);
  problem.rule("e = w0·x0 + w1·x1 − y").rule("R = w0² + w1²").rule("L = e² + λ·R");
  problem.rule("w0′ = w0 − η·dw0").rule("w1′ = w1 − η·dw1");
  problem.ask("L").ask("dw0").ask("dw1").ask_updated("w0").ask_updated("w1");
  return problem.draw(problem.trace.record);
}

Problem size_by_depth(Numbers& numbers) {
  Problem problem;
  problem.trace = expression_trace("g = n*s^2; q1 = g*q0; q2 = g*q1; q3 = g*q2",
                                   {{"n", numbers.one_of({4.0, 8.0, 10.0, 16.0, 20.0, 25.0, 50.0, 100.0, 200.0})},
                                    {"s", numbers.one_of({0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5})},
                                    {"q0", numbers.one_of({0.5, 1.0, 2.0, 3.0, 4.0, 5.0})}});
  problem.task = tr(
      "A deep linear net. Every layer has `n` inputs, and weights drawn with mean 0 and standard deviation `s`. Each "
      "layer "
      "then multiplies the mean square of its inputs by `g`. It is `q0` before the first layer; find it after each.");
  for (const char* name : {"n", "s", "q0"}) problem.give(name);
  problem.rule("g = n·s²").rule("q1 = g·q0").rule("q2 = g·q1").rule("q3 = g·q2");
  problem.ask("g").ask("q1").ask("q2").ask("q3");
  return problem.draw(problem.trace.record);
}

Problem gradient_by_depth(Numbers& numbers) {
  Problem problem;
  problem.trace = expression_trace("a1 = w1*x; a2 = w2*a1; a3 = w3*a2; L = a3^2",
                                   {{"x", numbers.half()},
                                    {"w1", numbers.half()},
                                    {"w2", numbers.half()},
                                    {"w3", numbers.one_of({0.1, 0.2, 0.5, 1.0, 2.0})}});
  problem.task =
      tr("Three layers with one weight each. Find the gradient at every depth: it is multiplied by a weight in each "
         "layer.");
  for (const char* name : {"x", "w1", "w2", "w3"}) problem.give(name);
  problem.rule("a1 = w1·x").rule("a2 = w2·a1").rule("a3 = w3·a2").rule("L = a3²");
  problem.ask("L").ask("da3").ask("da2").ask("da1").ask("dw1");
  return problem.draw(problem.trace.record);
}

}  // namespace gradwalk::worksheet
