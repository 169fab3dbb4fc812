// Lesson 02: a loss and its derivative by what the net gave.
#include <cmath>

#include "gradwalk/tracer/language.hpp"
#include "kinds/kinds.hpp"

namespace gradwalk::worksheet {
namespace {

Problem regression_loss(Numbers& numbers, OpKind kind, std::size_t N, const char* rule) {
  Problem problem;
  problem.task =
      trn("The net gave the output `f` for {n} row, and `y` was wanted. Find the loss and its gradient by `f`.",
          "The net gave the outputs `f` for {n} rows, and `y` was wanted. Find the loss and its gradient by `f`.", N,
          fmt::arg("n", N));
  problem.trace.input("f", {N, 1}, numbers.halves(N));
  problem.trace.target("y", {N, 1}, numbers.halves(N));
  problem.trace.op(kind, {"f", "y"}, "L");
  problem.trace.backward("L", {1});
  problem.give("f").give("y").rule(rule).ask("L").ask("df");
  return problem.draw(problem.trace.record);
}

}  // namespace

Problem squared_error(Numbers& numbers) {
  return regression_loss(numbers, OpKind::squared_error, numbers.one_of({1u, 2u, 4u}), "L = (1/N)·Σ (f − y)²");
}

Problem absolute_error(Numbers& numbers) {
  return regression_loss(numbers, OpKind::absolute_error, numbers.one_of({2u, 4u}), "L = (1/N)·Σ |f − y|");
}

Problem cross_entropy(Numbers& numbers) {
  const std::size_t N = 2, C = 3;
  const auto [p, y] = numbers.labelled_rows(N, C);
  Problem problem;
  problem.task =
      tr("Two rows, three classes: `p` are the probabilities that a net gave, `y` the labels, counted from 0. Find the "
         "elements of the gradient `dp` that are not 0.");
  problem.trace.input("p", {N, C}, p);
  problem.trace.target("y", {N}, y);
  problem.trace.op(OpKind::cross_entropy, {"p", "y"}, "L");
  problem.trace.backward("L", {1});
  problem.unshown = {"L"};
  problem.give("p").give("y").rule("L = −(1/N)·Σ log p[n, y[n]]").ask_nonzero("dp");
  return problem.draw(problem.trace.record);
}

Problem logistic_loss(Numbers& numbers) {
  Problem problem;
  problem.task =
      tr("The logistic loss of one row with the logit `z` and the label `y`. Find the loss and its slope, rounded to 3 "
         "decimals.");
  problem.decimals = 3;
  problem.trace.input("z", {1, 1}, {numbers.integer(6) / 2});
  problem.trace.target("y", {1}, {numbers.coin() ? 1.0 : 0.0});
  problem.trace.op(OpKind::binary_logistic, {"z", "y"}, "L");
  problem.trace.backward("L", {1});
  problem.give("z").give("y").rule("L = log(1 + exp(z)) − y·z").ask("L").ask("dz");
  return problem.draw(problem.trace.record);
}

}  // namespace gradwalk::worksheet
