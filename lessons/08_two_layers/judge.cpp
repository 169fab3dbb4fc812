// What lesson 08 checks: one step with all dimensions different, one with all equal, where a transpose keeps its shape,
// one with more units than anybody writes in, two with numbers where floating point ends; and a second batch and a
// second net, where memory shows. The upstream is a loss's, so every row and class has its own.
#include <cmath>

#include "gradwalk/harness/lesson.hpp"
#include "gradwalk/harness/two_objects.hpp"
#include "judge_wrong.hpp"

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

/// Where floating point ends: z1 is so large that tanh is ±1 and eᶻ is not a number. Each row of z2 is the bias with
/// one column of W2 or another added or taken away.
Trace far_out(Draw& draw, const std::vector<double>& W2, const std::vector<double>& b2) {
  constexpr Widths w{2, 3, 3};
  constexpr std::size_t batch = 4;
  Trace t = net(draw, w, {{900, 0, 0, 900, 900, 900}, draw.numbers(3, 0.5), W2, b2}, batch);
  std::vector<double>& x = t.record.tensors[t.record.tensor("x")].value;
  for (std::size_t n = 0; n < batch; ++n)
    for (std::size_t i = 0; i < w.in; ++i) x[n * w.in + i] = (n >> i & 1 ? 1 : -1) * (1 + std::abs(x[n * w.in + i]));
  t.record.tensors[t.record.tensor("y")].value = {0, 1, 2, 0};
  t.recompute();
  return t;
}

/// In every row of z2 one logit is hundreds above the others: their probabilities are 0.
Trace saturated(Draw& draw) {
  return far_out(draw, {500, 120, 300, -120, 500, 250, 130, -110, 600}, draw.numbers(3, 0.5));
}

/// Every row of z2 has ordinary probabilities, but some rows are near +650, where an exponential still is a number, and
/// some near −110: beside the largest logit of all, a whole row is nothing.
Trace rows_far_apart(Draw& draw) {
  const std::vector<double> small = draw.numbers(12, 0.5);
  std::vector<double> W2(9), b2(3);
  for (std::size_t k = 0; k < 3; ++k) {
    W2[3 * k] = 380 + small[3 * k];
    W2[3 * k + 1] = small[3 * k + 1];
    W2[3 * k + 2] = small[3 * k + 2];
    b2[k] = 270 + small[9 + k];
  }
  return far_out(draw, W2, b2);
}

const std::vector<std::string> sent = {"W1", "b1", "W2", "b2", "x", "y"};
const std::vector<NameAndStep> answers = {{"z1", "forward"}, {"a1", "forward"}, {"z2", "forward"}, {"L", "forward"},
                                          {"dz2", "prefix"}, {"dW2", "layer2"}, {"db2", "layer2"}, {"da1", "hidden"},
                                          {"dz1", "hidden"}, {"dW1", "layer1"}, {"db1", "layer1"}, {"dx", "layer1"}};

const std::vector<NameAndStep> answers_far_out(answers.begin(), answers.begin() + 5);

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
  checks.push_back(traced_check("step-large", "step", net(draw, {2, 17, 3}, 9), sent, answers));
  checks.push_back(traced_check("step-saturated", "step", saturated(draw), sent, answers_far_out));
  checks.push_back(traced_check("step-rows-far-apart", "step", rows_far_apart(draw), sent, answers_far_out));
  const Widths w{2, 4, 3};
  const Parameters p = draw_parameters(draw, w);
  for (const auto& [id, rows] : {std::pair<const char*, std::size_t>{"second-batch", 5},
                                 {"second-batch-like-first", 3},
                                 {"second-batch-larger", 2}}) {
    const Trace before = net(draw, w, p, rows);
    checks.push_back(traced_check(id, "second_batch", net(draw, w, p, 3), sent, all_again(), before, {"x", "y"}));
  }
  checks.push_back(two_objects_check("two-nets", "two_nets", net(draw, w, 3), net(draw, w, 3), sent, all_again()));
  for (Check& check : checks) lesson_08::add_known_wrong(check);
  return checks;
}

}  // namespace gradwalk::harness
