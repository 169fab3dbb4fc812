// Lesson 06: an activation forward and backward, element by element.
#include <algorithm>
#include <cmath>

#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"
#include "kinds/kinds.hpp"

namespace gradwalk::worksheet {
namespace {

Problem element_by_element(OpKind kind, Shape shape, std::vector<double> z, std::vector<double> da,
                           std::map<std::string, double> attributes = {}) {
  Problem problem;
  problem.trace.input("z", std::move(shape), std::move(z));
  problem.trace.op(kind, {"z"}, "a", std::move(attributes));
  problem.trace.backward("a", std::move(da));
  return problem;
}

Problem from_outputs(Numbers& numbers, OpKind kind, std::vector<double> a, double (*inverse)(double),
                     const char* rule) {
  std::transform(a.begin(), a.end(), a.begin(), inverse);
  const std::size_t count = a.size();
  Problem problem = element_by_element(kind, {2, count / 2}, std::move(a), numbers.halves(count));
  problem.task =
      tr("The forward pass has made `a` of `z`, and `da` has come back. Find `dz`; `a` is all you need for it.");
  problem.unshown = {"z", "a"};
  return problem.rule(rule).give("a").give("da").ask("dz");
}

}  // namespace

Problem rectifier(Numbers& numbers) {
  const bool leaky = numbers.coin();
  const double slope = numbers.one_of({0.1, 0.2, 0.25, 0.5});
  const Shape shape{2, numbers.one_of({2u, 3u})};
  const std::size_t count = element_count(shape);
  Problem problem = element_by_element(leaky ? OpKind::leaky_relu : OpKind::relu, shape, numbers.halves(count),
                                       numbers.integers(count), {{"slope", slope}});
  problem.give("z").give("da").draw(problem.trace.record);
  if (leaky) {
    problem.task = tr("`z` has gone through a leaky ReLU, and `da` has come back. Find `a` and `dz`.");
    return problem.rule(fmt::format("a = max(z, {}·z)", format_number(slope))).ask("a").ask("dz");
  }
  problem.task =
      tr("`z` has gone through a ReLU, and `da` has come back. Find the elements of `a` and of `dz` that are not 0.");
  return problem.rule("a = max(z, 0)").ask_nonzero("a").ask_nonzero("dz");
}

Problem tanh_backward(Numbers& numbers) {
  std::vector<double> a(4);
  for (double& one : a) one = numbers.one_of({0.5, 0.2, 0.4, 0.6, 0.8, 0.9}) * (numbers.coin() ? 1 : -1);
  return from_outputs(
      numbers, OpKind::tanh, a, [](double one) { return std::atanh(one); }, "a = tanh(z)");
}

Problem sigmoid_backward(Numbers& numbers) {
  std::vector<double> a(4);
  for (double& one : a) one = numbers.one_of({0.5, 0.2, 0.25, 0.4, 0.75, 0.6, 0.8, 0.9});
  return from_outputs(
      numbers, OpKind::sigmoid, a, [](double one) { return std::log(one / (1 - one)); }, "a = 1/(1 + exp(−z))");
}

Problem activation_with_calculator(Numbers& numbers) {
  const bool is_tanh = numbers.coin();
  Problem problem =
      element_by_element(is_tanh ? OpKind::tanh : OpKind::sigmoid, {1, 2}, numbers.halves(2), numbers.integers(2));
  problem.task = tr("Find `a`, and the gradient `dz` when `da` comes back, rounded to 3 decimals.");
  problem.decimals = 3;
  return problem.rule(is_tanh ? "a = tanh(z)" : "a = 1/(1 + exp(−z))")
      .give("z")
      .give("da")
      .ask("a")
      .ask("dz")
      .draw(problem.trace.record);
}

}  // namespace gradwalk::worksheet
