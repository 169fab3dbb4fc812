// Lesson 12: what size everything has.
#include "gradwalk/tracer/language.hpp"
#include "kinds/kinds.hpp"

namespace gradwalk::worksheet {

Problem shapes_and_counts(Numbers& numbers) {
  const std::size_t N = numbers.one_of({16u, 32u, 50u, 64u, 100u, 128u}), D = numbers.one_of({64u, 196u, 784u}),
                    H = numbers.one_of({20u, 30u, 32u, 50u, 64u, 100u, 128u, 200u, 256u, 300u}), C = 10;
  Problem problem;
  // The shapes alone: nobody computes with these tensors.
  const auto tensor = [&](std::string name, Shape shape, Role role) {
    problem.trace.record.tensors.push_back({std::move(name), std::move(shape), role, {}, {}, GradientState::pending});
  };
  tensor("x", {N, D}, Role::input);
  tensor("W1", {H, D}, Role::parameter);
  tensor("b1", {H}, Role::parameter);
  tensor("a1", {N, H}, Role::intermediate);
  tensor("W2", {C, H}, Role::parameter);
  tensor("b2", {C}, Role::parameter);
  tensor("z2", {N, C}, Role::intermediate);
  problem.task = tr(
      "Mini-batches of {N} pictures with {D} pixels go through a hidden layer of {H} units to 10 classes; `W` is (out, "
      "in), a sample is a row. Find the number of parameters, and the shapes.",
      fmt::arg("N", N), fmt::arg("D", D), fmt::arg("H", H));
  problem.rule("z1 = x·W1ᵀ + b1").rule("a1 = tanh(z1)").rule("z2 = a1·W2ᵀ + b2");
  problem.ask(Reading::parameters, "W1", tr("parameters"));
  for (const auto& [name, asked] : {std::pair{"W1", "dW1"}, {"a1", "da1"}, {"z2", "dz2"}, {"W2", "dW2"}}) {
    problem.ask(Reading::rows, name, tr("rows of {name}", fmt::arg("name", asked)));
    problem.ask(Reading::columns, name, tr("columns of {name}", fmt::arg("name", asked)));
  }
  return problem;
}

}  // namespace gradwalk::worksheet
