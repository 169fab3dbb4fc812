// Lesson 01: one neuron decides and learns.
#include "gradwalk/nn/expression.hpp"
#include "gradwalk/tracer/language.hpp"
#include "kinds/kinds.hpp"

namespace gradwalk::worksheet {

Problem perceptron_step(Numbers& numbers) {
  const std::map<std::string, double> neuron{
      {"w0", numbers.half()},    {"w1", numbers.half()},    {"b", numbers.half()},
      {"x0", numbers.integer()}, {"x1", numbers.integer()},
  };
  auto sample = neuron;
  sample["y"] = numbers.coin() ? 1 : -1;
  Problem problem;
  problem.task =
      tr("A perceptron is shown one sample with the label `y`. It decides 1 where `z > 0`, else −1. Only where the "
         "decision is not `y` does it learn. Find `z`, the decision, and the weights and the bias afterwards.");
  problem.learning_rate = numbers.one_of({0.5, 1.0, 0.25, 2.0});
  // Descent on L = max(0, −y·z) is the perceptron rule: the slope by w is −y·x where the decision is wrong, else 0.
  problem.trace = expression_trace("z = w0*x0 + w1*x1 + b; m = -y*z; L = max(0, m)", sample);
  for (const char* name : {"x0", "x1", "y", "w0", "w1", "b"}) problem.give(name);
  problem.give("η", problem.learning_rate);
  problem.rule("z = w0·x0 + w1·x1 + b").rule("w0′ = w0 + η·y·x0").rule("w1′ = w1 + η·y·x1").rule("b′ = b + η·y");
  problem.ask("z").ask(Reading::decision, "z", tr("decision"));
  problem.ask_updated("w0").ask_updated("w1").ask_updated("b");
  return problem.draw(record_expression("z = w0*x0 + w1*x1 + b", neuron));
}

}  // namespace gradwalk::worksheet
