// What lesson 06 checks. Every activation on numbers of order one, then saturated, then of every size in between; then
// for a second batch and a second object. The slope of the leaky ReLU is its usual one only once.
#include <cmath>
#include <span>
#include <string>

#include "gradwalk/harness/lesson.hpp"
#include "gradwalk/harness/two_objects.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk::harness {
namespace {

struct Activation {
  OpKind kind;
  std::string function;  // of the driver, and the beginning of the steps' names
};

const std::vector<Activation> activations = {
    {OpKind::tanh, "tanh"}, {OpKind::sigmoid, "sigmoid"}, {OpKind::relu, "relu"}, {OpKind::leaky_relu, "leaky_relu"}};
constexpr double slope_set = 0.125, slope_usual = 0.01;

Trace activation(OpKind kind, std::size_t batch, std::size_t units, std::vector<double> z, std::vector<double> da,
                 double slope = slope_set) {
  Trace t;
  t.input("z", {batch, units}, std::move(z));
  t.op(kind, {"z"}, "a", {{"slope", slope}});
  t.backward("a", std::move(da));
  return t;
}

/// From 1/16 to 20 in even ratios, of both signs, in any order: wherever an approximation is cut off, some lie behind.
/// More of them than an array of a size written in would hold.
constexpr std::size_t wide_batch = 33, wide_units = 12;

std::vector<double> of_every_size(Draw& draw) {
  constexpr std::size_t count = wide_batch * wide_units;
  std::vector<double> z;
  for (std::size_t i = 0; i < count; ++i) {
    const double size = std::pow(320, double(i) / count) / 16 * draw.random().uniform(1, 1.125);
    z.push_back((i % 2 ? -1 : 1) * std::round(size * 256) / 256);  // float holds it exactly
  }
  draw.random().shuffle(std::span(z));
  return z;
}

/// a = z, and where z is negative some slope times z.
bool has_one_slope(const std::vector<double>& z, const std::vector<double>& a) {
  double slope = 0;
  for (std::size_t i = 0; i < z.size(); ++i)
    if (z[i] < 0) slope = a[i] / z[i];
  for (std::size_t i = 0; i < z.size(); ++i)
    if (!(std::abs(a[i] - (z[i] < 0 ? slope : 1) * z[i]) < 1e-5 * std::abs(z[i]))) return false;
  return slope != 0 && slope != 1;
}

void send_slope(Check& check, const Activation& which) {
  if (which.kind == OpKind::leaky_relu) check.send.push_back({"slope", {}, {slope_set}});
}

Check check_of(const Activation& which, const std::string& id, const Trace& t, const std::vector<std::string>& send,
               const std::vector<NameAndStep>& expect, const std::optional<Trace>& previous = std::nullopt) {
  const std::vector<std::string> send_previous = previous ? send : std::vector<std::string>{};
  Check check = traced_check(which.function + "-" + id, which.function, t, send, expect, previous, send_previous);
  send_slope(check, which);
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
    const Trace wide =
        activation(which.kind, wide_batch, wide_units, of_every_size(draw), draw.numbers(wide_batch * wide_units));
    const Trace before = activation(which.kind, 5, 3, draw.numbers(15), draw.numbers(15));
    const Trace before_alike = activation(which.kind, 4, 3, draw.numbers(12), draw.numbers(12));
    const Trace before_smaller = activation(which.kind, 2, 3, draw.numbers(6), draw.numbers(6));
    const std::string& step = which.function;
    checks.push_back(check_of(which, "forward", ordinary, {"z"}, {{"a", step}}));
    checks.push_back(check_of(which, "forward-large", large, {"z"}, {{"a", step}}));
    checks.push_back(check_of(which, "backward", ordinary, {"z", "da"}, {{"a", step}, {"dz", step + "-back"}}));
    checks.push_back(check_of(which, "backward-square", square, {"z", "da"}, {{"a", step}, {"dz", step + "-back"}}));
    checks.push_back(check_of(which, "backward-large", large, {"z", "da"}, {{"a", step}, {"dz", step + "-back"}}));
    checks.push_back(check_of(which, "backward-wide", wide, {"z", "da"}, {{"a", step}, {"dz", step + "-back"}}));
    checks.push_back(check_of(which, "again", ordinary, {"z", "da"}, {{"a", "again"}, {"dz", "again"}}, before));
    checks.push_back(
        check_of(which, "again-like-first", ordinary, {"z", "da"}, {{"a", "again"}, {"dz", "again"}}, before_alike));
    checks.push_back(
        check_of(which, "again-larger", ordinary, {"z", "da"}, {{"a", "again"}, {"dz", "again"}}, before_smaller));
    checks.push_back(two_objects_check(which.function + "-two", "two_" + which.function, ordinary, before_alike,
                                       {"z", "da"}, {{"a", "again"}, {"dz", "again"}}));
    send_slope(checks.back(), which);
  }
  // As the exercise makes it: nobody sets its slope.
  const Trace usual = activation(OpKind::leaky_relu, 4, 3, draw.numbers(12), draw.numbers(12), slope_usual);
  checks.push_back(traced_check("leaky_relu-slope-usual", "leaky_relu", usual, {"z"}, {{"a", "leaky_relu"}}));
  checks.back().known_wrong.push_back(
      {"leaky-slope-changed",
       "a",
       {},
       tr("with a slope of its own, where the exercise has 0.01 until another is set"),
       [z = usual.tensor("z").values](const std::vector<double>& a) { return has_one_slope(z, a); }});
  return checks;
}

}  // namespace gradwalk::harness
