// Lessons 08 and 12: through two layers.
#include <algorithm>
#include <cmath>

#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"
#include "kinds/kinds.hpp"

namespace gradwalk::worksheet {
namespace {

/// The bias with which z = x·Wᵀ + b comes out as `wanted`, for one row.
std::vector<double> bias_for(const std::vector<double>& wanted, const std::vector<double>& x,
                             const std::vector<double>& W) {
  std::vector<double> b = wanted;
  for (std::size_t j = 0; j < b.size(); ++j)
    for (std::size_t i = 0; i < x.size(); ++i) b[j] -= W[j * x.size() + i] * x[i];
  return b;
}

std::vector<double> mapped(std::vector<double> values, double (*function)(double)) {
  std::transform(values.begin(), values.end(), values.begin(), function);
  return values;
}

}  // namespace

Problem two_layers_of_relu(Numbers& numbers) {
  const bool leaky = numbers.coin();
  const double slope = numbers.one_of({0.5, 0.2, 0.1});
  const std::size_t N = numbers.one_of({1u, 1u, 2u});
  Problem problem;
  Trace& trace = problem.trace;
  trace.input("x", {N, 2}, numbers.integers(N * 2));
  trace.parameter("W1", {2, 2}, numbers.integers(4, 2));
  trace.parameter("b1", {2}, numbers.integers(2, 2));
  trace.parameter("W2", {1, 2}, numbers.halves(2));
  trace.parameter("b2", {1}, numbers.integers(1, 2));
  trace.target("y", {N, 1}, numbers.integers(N, 4));
  trace.op(OpKind::linear, {"x", "W1", "b1"}, "z1");
  trace.op(leaky ? OpKind::leaky_relu : OpKind::relu, {"z1"}, "a1", {{"slope", slope}});
  trace.op(OpKind::linear, {"a1", "W2", "b2"}, "z2");
  trace.op(OpKind::squared_error, {"z2", "y"}, "L");
  trace.backward("L", {1});
  problem.task =
      trn("A net of two layers and {n} sample. Go forward, then back. Elements that are 0 are not asked for.",
          "A net of two layers and {n} samples, one in each row. Go forward, then back. Elements that are 0 are not "
          "asked for.",
          N, fmt::arg("n", N));
  problem.rule("z1 = x·W1ᵀ + b1")
      .rule(leaky ? fmt::format("a1 = max(z1, {}·z1)", format_number(slope)) : "a1 = max(z1, 0)");
  problem.rule("z2 = a1·W2ᵀ + b2").rule("L = (1/N)·Σ (z2 − y)²");
  for (const char* name : {"x", "y", "W1", "b1", "W2", "b2"}) problem.give(name);
  problem.ask("L").ask("dz2").ask_nonzero("dW2").ask_nonzero("dz1");
  numbers.coin() ? problem.ask_nonzero("db1") : problem.ask_nonzero("dW1");
  return problem.draw(trace.record);
}

Problem two_layers_of_tanh(Numbers& numbers) {
  std::vector<double> a1(2);
  for (double& one : a1) one = numbers.one_of({0.5, 0.2, 0.4, 0.6, 0.8}) * (numbers.coin() ? 1 : -1);
  const std::vector<double> x = numbers.integers(2), W1 = numbers.halves(4), W2 = numbers.integers(4, 2),
                            p = numbers.probabilities(2);
  const auto atanh = [](double a) { return std::atanh(a); };
  const auto log = [](double one) { return std::log(one); };
  Problem problem;
  Trace& trace = problem.trace;
  trace.input("x", {1, 2}, x);
  trace.parameter("W1", {2, 2}, W1);
  trace.parameter("b1", {2}, bias_for(mapped(a1, atanh), x, W1));
  trace.parameter("W2", {2, 2}, W2);
  trace.parameter("b2", {2}, bias_for(mapped(p, log), a1, W2));
  trace.target("y", {1}, {numbers.coin() ? 1.0 : 0.0});
  trace.op(OpKind::linear, {"x", "W1", "b1"}, "z1");
  trace.op(OpKind::tanh, {"z1"}, "a1");
  trace.op(OpKind::linear, {"a1", "W2", "b2"}, "z2");
  trace.op(OpKind::softmax, {"z2"}, "p");
  trace.op(OpKind::cross_entropy, {"p", "y"}, "L");
  trace.backward("L", {1});
  problem.task =
      tr("The forward pass of one sample is done: `a1` and `p` are below; the label `y` counts from 0. Go back from "
         "the loss "
         "through both layers.");
  problem.unshown = {"b1", "z1", "a1", "b2", "z2", "p", "L"};
  problem.rule("z1 = x·W1ᵀ + b1").rule("a1 = tanh(z1)").rule("z2 = a1·W2ᵀ + b2").rule("p = softmax(z2)");
  problem.rule("L = −log p[0, y[0]]");
  const bool asks_weights = numbers.coin();
  problem.give("x");
  if (!asks_weights) problem.give("W1");  // dx = dz1·W1
  for (const char* name : {"a1", "W2", "p", "y"}) problem.give(name);
  problem.ask("dz2").ask("dW2").ask("da1").ask("dz1").ask(asks_weights ? "dW1" : "dx");
  return problem.draw(trace.record);
}

Problem last_layer_of_a_classifier(Numbers& numbers) {
  const std::size_t H = 2, C = 4;
  const std::vector<double> a1 = numbers.halves(H), W2 = numbers.integers(C * H, 2), p = numbers.probabilities(C);
  Problem problem;
  Trace& trace = problem.trace;
  trace.input("a1", {1, H}, a1);
  trace.parameter("W2", {C, H}, W2);
  trace.parameter("b2", {C}, bias_for(mapped(p, [](double one) { return std::log(one); }), a1, W2));
  trace.target("y", {1}, {double(numbers.between(0, C - 1))});
  trace.op(OpKind::linear, {"a1", "W2", "b2"}, "z2");
  trace.op(OpKind::softmax, {"z2"}, "p");
  trace.op(OpKind::cross_entropy, {"p", "y"}, "L");
  trace.backward("L", {1});
  problem.task = tr(
      "The last layer of a classifier with four classes, for one image. `a1` came in, `p` went out, `y` is the label, "
      "counted from 0. Find its gradients, and what it hands on.");
  problem.unshown = {"b2", "z2", "p", "L"};
  problem.rule("z2 = a1·W2ᵀ + b2").rule("p = softmax(z2)").rule("L = −log p[0, y[0]]");
  for (const char* name : {"a1", "W2", "p", "y"}) problem.give(name);
  return problem.ask("dz2").ask("dW2").ask("da1").draw(trace.record);
}

}  // namespace gradwalk::worksheet
