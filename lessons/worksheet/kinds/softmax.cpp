// Lesson 05: softmax and cross-entropy. Where the probabilities are given, the logits are their logarithms.
#include <algorithm>
#include <cmath>

#include "gradwalk/tracer/language.hpp"
#include "kinds/kinds.hpp"

namespace gradwalk::worksheet {
namespace {

constexpr std::size_t C = 3;

std::vector<double> logits_of(std::vector<double> p) {
  std::transform(p.begin(), p.end(), p.begin(), [](double one) { return std::log(one); });
  return p;
}

}  // namespace

Problem softmax_forward(Numbers& numbers) {
  Problem problem;
  problem.task =
      tr("One row with the logits `z` and the label `y`, counted from 0. Find the probabilities, the loss and the "
         "gradient of "
         "the logits, rounded to 3 decimals.");
  problem.decimals = 3;
  problem.trace.input("z", {1, C}, numbers.integers(C, 2));
  problem.trace.target("y", {1}, {double(numbers.between(0, C - 1))});
  problem.trace.op(OpKind::softmax, {"z"}, "p");
  problem.trace.op(OpKind::cross_entropy, {"p", "y"}, "L");
  problem.trace.backward("L", {1});
  problem.give("z").give("y").rule("p = softmax(z)").rule("L = −log p[0, y[0]]").ask("p").ask("L").ask("dz");
  return problem.draw(problem.trace.record);
}

Problem softmax_and_cross_entropy(Numbers& numbers) {
  const std::size_t N = 2;
  const auto [p, y] = numbers.labelled_rows(N, C);
  Problem problem;
  problem.task =
      tr("A batch of two rows. Softmax has made the probabilities `p` of the logits `z`; the labels `y` count from 0. "
         "Find the "
         "gradient of the logits.");
  problem.trace.input("z", {N, C}, logits_of(p));
  problem.trace.target("y", {N}, y);
  problem.trace.op(OpKind::softmax, {"z"}, "p");
  problem.trace.op(OpKind::cross_entropy, {"p", "y"}, "L");
  problem.trace.backward("L", {1});
  problem.unshown = {"z", "p", "L"};
  return problem.give("p").give("y").rule("p = softmax(z)").rule("L = −(1/N)·Σ log p[n, y[n]]").ask("dz");
}

Problem softmax_backward(Numbers& numbers) {
  Problem problem;
  problem.task =
      tr("Softmax has made the probabilities `p` of the logits `z`, and `dp` has come back. Find the gradient of the "
         "logits: "
         "every `z` has moved every `p`.");
  problem.trace.input("z", {1, C}, logits_of(numbers.probabilities(C)));
  problem.trace.op(OpKind::softmax, {"z"}, "p");
  problem.trace.backward("p", numbers.integers(C, 4));
  problem.unshown = {"z", "p"};
  return problem.give("p").give("dp").rule("p = softmax(z)").ask("dz");
}

}  // namespace gradwalk::worksheet
