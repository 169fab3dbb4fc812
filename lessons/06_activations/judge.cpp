// What lesson 06 checks. Every activation on numbers of order one, then saturated, then for a second batch. The slope
// of the leaky ReLU is not its usual one.
#include <cmath>
#include <string>

#include "gradwalk/harness/lesson.hpp"

namespace gradwalk::harness {
namespace {

struct Activation {
  OpKind kind;
  std::string function;  // of the driver, and the beginning of the steps' names
};

const std::vector<Activation> activations = {
    {OpKind::tanh, "tanh"}, {OpKind::sigmoid, "sigmoid"}, {OpKind::relu, "relu"}, {OpKind::leaky_relu, "leaky_relu"}};
constexpr double slope = 0.125;

Trace activation(OpKind kind, std::size_t batch, std::size_t units, std::vector<double> z, std::vector<double> da) {
  Trace t;
  t.input("z", {batch, units}, std::move(z));
  t.op(kind, {"z"}, "a", {{"slope", slope}});
  t.backward("a", std::move(da));
  return t;
}

Check check_of(const Activation& which, const std::string& id, const Trace& t, const std::vector<std::string>& send,
               const std::vector<NameAndStep>& expect, const std::optional<Trace>& previous = std::nullopt) {
  const std::vector<std::string> send_previous = previous ? send : std::vector<std::string>{};
  Check check = traced_check(which.function + "-" + id, which.function, t, send, expect, previous, send_previous);
  if (which.kind == OpKind::leaky_relu) check.send.push_back({"slope", {}, {slope}});
  return check;
}

}  // namespace

std::vector<Check> lesson_06_activations(Draw& draw) {
  std::vector<Check> checks;
  for (const Activation& which : activations) {
    std::vector<double> some = draw.numbers(12);
    some.front() = std::abs(some.front()), some[1] = -std::abs(some[1]), some.back() = std::abs(some.back());
    const Trace ordinary = activation(which.kind, 4, 3, std::move(some), draw.numbers(12));
    std::vector<double> z = draw.numbers(9);
    const bool bends = which.kind == OpKind::relu || which.kind == OpKind::leaky_relu;
    if (bends) z[4] = 0;  // the exercise says which slope is meant at the kink
    const Trace square = activation(which.kind, 3, 3, std::move(z), draw.numbers(9));
    const Trace large = activation(which.kind, 2, 5, draw.numbers(10, 1024), draw.numbers(10));
    const Trace before = activation(which.kind, 5, 3, draw.numbers(15), draw.numbers(15));
    const Trace before_alike = activation(which.kind, 4, 3, draw.numbers(12), draw.numbers(12));
    const std::string& step = which.function;
    checks.push_back(check_of(which, "forward", ordinary, {"z"}, {{"a", step}}));
    checks.push_back(check_of(which, "forward-large", large, {"z"}, {{"a", step}}));
    checks.push_back(check_of(which, "backward", ordinary, {"z", "da"}, {{"a", step}, {"dz", step + "-back"}}));
    checks.push_back(check_of(which, "backward-square", square, {"z", "da"}, {{"a", step}, {"dz", step + "-back"}}));
    checks.push_back(check_of(which, "backward-large", large, {"z", "da"}, {{"a", step}, {"dz", step + "-back"}}));
    checks.push_back(check_of(which, "again", ordinary, {"z", "da"}, {{"a", "again"}, {"dz", "again"}}, before));
    checks.push_back(
        check_of(which, "again-like-first", ordinary, {"z", "da"}, {{"a", "again"}, {"dz", "again"}}, before_alike));
  }
  return checks;
}

}  // namespace gradwalk::harness
