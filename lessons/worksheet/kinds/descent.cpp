// Lesson 03: the gradient, then one step against it.
#include "gradwalk/tracer/language.hpp"
#include "kinds/kinds.hpp"

namespace gradwalk::worksheet {
namespace {

/// Gives η and asks for the step of these parameters after their gradients.
Problem with_step(Problem problem, std::initializer_list<const char*> parameters) {
  problem.give("η", problem.learning_rate);
  for (const char* name : parameters) {
    problem.rule(std::string(name) + "′ = " + name + " − η·d" + name);
    problem.ask(std::string("d") + name);
  }
  for (const char* name : parameters) problem.ask_updated(name);
  return problem.draw(problem.trace.record);
}

}  // namespace

Problem descent_of_a_line(Numbers& numbers) {
  Problem problem;
  problem.task =
      tr("A line is fitted to one point. Find the gradients of the loss, and the parameters after one step.");
  problem.learning_rate = numbers.one_of({0.1, 0.25, 0.5, 0.05});
  problem.trace = expression_trace(
      "e = w*x + b - y; L = e^2",
      {{"w", numbers.half()}, {"x", numbers.integer()}, {"b", numbers.half()}, {"y", numbers.integer()}});
  for (const char* name : {"w", "b", "x", "y"}) problem.give(name);
  problem.rule("e = w·x + b − y").rule("L = e²").ask("L");
  return with_step(std::move(problem), {"w", "b"});
}

Problem descent_in_a_valley(Numbers& numbers) {
  Problem problem;
  problem.task = tr("The loss is a valley over `w`. Find the slope at `w`, and where one step of descent leads.");
  problem.learning_rate = numbers.one_of({0.1, 0.25, 0.5, 0.05, 0.2});
  problem.trace = expression_trace(
      "e = w - c; L = a*e^2",
      {{"w", numbers.half()}, {"c", numbers.integer()}, {"a", numbers.one_of({0.5, 1.0, 2.0, 3.0, 4.0})}});
  for (const char* name : {"w", "c", "a"}) problem.give(name);
  problem.rule("e = w − c").rule("L = a·e²").ask("L");
  return with_step(std::move(problem), {"w"});
}

Problem descent_of_a_batch(Numbers& numbers) {
  Problem problem;
  problem.task =
      tr("A mini-batch of two points, a line through the origin. Find the slope of the mean loss, and `w` after one "
         "step.");
  problem.learning_rate = numbers.one_of({0.1, 0.25, 0.5, 0.05});
  problem.trace = expression_trace("e0 = w*x0 - y0; e1 = w*x1 - y1; L = (e0^2 + e1^2)/2", {{"w", numbers.half()},
                                                                                           {"x0", numbers.integer()},
                                                                                           {"x1", numbers.integer()},
                                                                                           {"y0", numbers.integer()},
                                                                                           {"y1", numbers.integer()}});
  for (const char* name : {"w", "x0", "x1", "y0", "y1"}) problem.give(name);
  problem.rule("e0 = w·x0 − y0").rule("e1 = w·x1 − y1").rule("L = (e0² + e1²)/2").ask("L");
  return with_step(std::move(problem), {"w"});
}

}  // namespace gradwalk::worksheet
