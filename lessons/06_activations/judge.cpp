// What lesson 06 checks. Every activation on numbers of order one, then saturated, then for a second batch. The slope
// of the leaky ReLU is not its usual one.
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
    const Trace ordinary = activation(which.kind, 4, 3, draw.numbers(12), draw.numbers(12));
    const Trace square = activation(which.kind, 3, 3, draw.numbers(9), draw.numbers(9));
    const Trace large = activation(which.kind, 2, 5, draw.numbers(10, 1024), draw.numbers(10));
    const Trace before = activation(which.kind, 5, 3, draw.numbers(15), draw.numbers(15));
    const std::string& step = which.function;
    checks.push_back(check_of(which, "forward", ordinary, {"z"}, {{"a", step}}));
    checks.push_back(check_of(which, "forward-large", large, {"z"}, {{"a", step}}));
    checks.push_back(check_of(which, "backward", ordinary, {"z", "da"}, {{"a", step}, {"dz", step + "-back"}}));
    checks.push_back(check_of(which, "backward-square", square, {"z", "da"}, {{"a", step}, {"dz", step + "-back"}}));
    checks.push_back(check_of(which, "backward-large", large, {"z", "da"}, {{"a", step}, {"dz", step + "-back"}}));
    checks.push_back(check_of(which, "again", ordinary, {"z", "da"}, {{"a", "again"}, {"dz", "again"}}, before));
  }
  return checks;
}

}  // namespace gradwalk::harness
