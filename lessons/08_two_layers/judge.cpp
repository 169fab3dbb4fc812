// What lesson 08 checks: one step with all dimensions different, one with all equal, where a transpose keeps its shape,
// one with numbers where floating point ends, and a second batch, where memory shows. The upstream is a loss's, so
// every row and class has its own.
#include <cmath>

#include "gradwalk/harness/lesson.hpp"

namespace gradwalk::harness {
namespace {

struct Widths {
  std::size_t in, hidden, out;
};

struct Parameters {
  std::vector<double> W1, b1, W2, b2;
};

Parameters draw_parameters(Draw& draw, const Widths& w) {
  return {draw.numbers(w.hidden * w.in, 0.5), draw.numbers(w.hidden, 0.5), draw.numbers(w.out * w.hidden),
          draw.numbers(w.out)};
}

Trace net(Draw& draw, const Widths& w, const Parameters& p, std::size_t batch) {
  Trace t;
  t.input("x", {batch, w.in}, draw.numbers(batch * w.in));
  t.parameter("W1", {w.hidden, w.in}, p.W1);
  t.parameter("b1", {w.hidden}, p.b1);
  t.op(OpKind::linear, {"x", "W1", "b1"}, "z1");
  t.op(OpKind::tanh, {"z1"}, "a1");
  t.parameter("W2", {w.out, w.hidden}, p.W2);
  t.parameter("b2", {w.out}, p.b2);
  t.op(OpKind::linear, {"a1", "W2", "b2"}, "z2");
  t.target("y", {batch}, draw.labels(batch, w.out));
  t.op(OpKind::softmax_cross_entropy, {"z2", "y"}, "L");
  t.backward("L", {1});
  return t;
}

Trace net(Draw& draw, const Widths& w, std::size_t batch) { return net(draw, w, draw_parameters(draw, w), batch); }

/// Where floating point ends: z1 is so large that tanh is ±1 and eᶻ is not a number, and every row of z2 is hundreds
/// away from the others, with one logit on top of its row.
Trace far_apart(Draw& draw) {
  constexpr Widths w{2, 3, 3};
  constexpr std::size_t batch = 4;
  Parameters p = draw_parameters(draw, w);
  p.W1 = {900, 0, 0, 900, 900, 900};
  p.W2 = {500, 120, 300, -120, 500, 250, 130, -110, 600};
  Trace t = net(draw, w, p, batch);
  std::vector<double>& x = t.record.tensors[t.record.tensor("x")].value;
  for (std::size_t n = 0; n < batch; ++n)
    for (std::size_t i = 0; i < w.in; ++i) x[n * w.in + i] = (n >> i & 1 ? 1 : -1) * (1 + std::abs(x[n * w.in + i]));
  t.record.tensors[t.record.tensor("y")].value = {0, 1, 2, 0};
  t.recompute();
  return t;
}

const std::vector<std::string> sent = {"W1", "b1", "W2", "b2", "x", "y"};
const std::vector<NameAndStep> answers = {{"z1", "forward"}, {"a1", "forward"}, {"z2", "forward"}, {"L", "forward"},
                                          {"dz2", "prefix"}, {"dW2", "layer2"}, {"db2", "layer2"}, {"da1", "hidden"},
                                          {"dz1", "hidden"}, {"dW1", "layer1"}, {"db1", "layer1"}, {"dx", "layer1"}};

const std::vector<NameAndStep> answers_far_apart(answers.begin(), answers.begin() + 5);

std::vector<NameAndStep> all_again() {
  std::vector<NameAndStep> again = answers;
  for (NameAndStep& answer : again) answer.second = "again";
  return again;
}

}  // namespace

std::vector<Check> lesson_08_two_layers(Draw& draw) {
  std::vector<Check> checks;
  checks.push_back(traced_check("step", "step", net(draw, {3, 5, 4}, 6), sent, answers));
  checks.push_back(traced_check("step-square", "step", net(draw, {3, 3, 3}, 3), sent, answers));
  checks.push_back(traced_check("step-far-apart", "step", far_apart(draw), sent, answers_far_apart));
  const Widths w{2, 4, 3};
  const Parameters p = draw_parameters(draw, w);
  const Trace before = net(draw, w, p, 5);
  checks.push_back(
      traced_check("second-batch", "second_batch", net(draw, w, p, 3), sent, all_again(), before, {"x", "y"}));
  return checks;
}

}  // namespace gradwalk::harness
