// What lesson 09 checks: both passes of a net Linear–Tanh–Linear; the update alone; an epoch of seven rows in batches
// of three, in an order that is not 0, 1, 2 …; and an evaluation between the two passes of a step.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "gradwalk/harness/lesson.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk::harness {
namespace {

constexpr std::size_t in = 3, hidden = 5, out = 4;
const std::vector<std::string> parameters = {"W1", "b1", "W2", "b2"};

using Tensors = std::vector<NamedTensor>;

Tensors draw_parameters(Draw& draw) {
  return {{"W1", {hidden, in}, draw.numbers(hidden * in, 0.5)},
          {"b1", {hidden}, draw.numbers(hidden, 0.5)},
          {"W2", {out, hidden}, draw.numbers(out * hidden)},
          {"b2", {out}, draw.numbers(out)}};
}

/// Up to the logits z2.
Trace net(const Tensors& p, std::size_t rows, std::vector<double> x) {
  Trace t;
  t.input("x", {rows, in}, std::move(x));
  t.parameter("W1", p[0].shape, p[0].values);
  t.parameter("b1", p[1].shape, p[1].values);
  t.op(OpKind::linear, {"x", "W1", "b1"}, "z1");
  t.op(OpKind::tanh, {"z1"}, "a1");
  t.parameter("W2", p[2].shape, p[2].values);
  t.parameter("b2", p[3].shape, p[3].values);
  t.op(OpKind::linear, {"a1", "W2", "b2"}, "z2");
  return t;
}

Trace with_loss(Trace t, std::vector<double> y) {
  const std::size_t rows = y.size();
  t.target("y", {rows}, std::move(y));
  t.op(OpKind::softmax_cross_entropy, {"z2", "y"}, "L");
  t.backward("L", {1});
  return t;
}

NamedTensor scalar(const char* name, double value) { return {name, {}, {value}}; }

/// How a step can be taken wrongly.
struct Way {
  const char* mistake = "";
  std::string words;
  double sign = -1;
  bool rate = true, bias = true, all_batches = true, last_batch = true, order = true;
};

std::vector<Way> wrong_updates() {
  return {{.mistake = "update-sign", .words = tr("with the step taken along the gradient, not against it"), .sign = 1},
          {.mistake = "update-without-rate", .words = tr("with the learning rate left out"), .rate = false},
          {.mistake = "update-without-bias", .words = tr("with the biases left as they were"), .bias = false}};
}

std::vector<Way> wrong_epochs() {
  std::vector<Way> ways = wrong_updates();
  ways.push_back({.mistake = "epoch-last-batch-left-out",
                  .words = tr("with the last, smaller mini-batch left out"),
                  .last_batch = false});
  ways.push_back(
      {.mistake = "epoch-first-batch-only", .words = tr("with only the first mini-batch taken"), .all_batches = false});
  ways.push_back({.mistake = "epoch-order-ignored",
                  .words = tr("with the rows taken as they lie, not in the order given"),
                  .order = false});
  return ways;
}

void step(Tensors& p, const std::vector<std::vector<double>>& gradients, double eta, const Way& way) {
  for (std::size_t t = 0; t < p.size(); ++t) {
    const bool is_bias = p[t].shape.size() == 1;
    if (is_bias && !way.bias) continue;
    for (std::size_t i = 0; i < p[t].values.size(); ++i)
      p[t].values[i] += way.sign * (way.rate ? eta : 1) * gradients[t][i];
  }
}

struct Epoch {
  std::vector<double> x, y, order;
  std::size_t batch;
  double eta;
};

Tensors after_epoch(Tensors p, const Epoch& e, const Way& way) {
  for (std::size_t begin = 0; begin < e.y.size(); begin += e.batch) {
    const std::size_t end = std::min(begin + e.batch, e.y.size());
    if ((begin > 0 && !way.all_batches) || (end - begin < e.batch && !way.last_batch)) break;
    std::vector<double> x, y;
    for (std::size_t n = begin; n < end; ++n) {
      const std::size_t row = way.order ? static_cast<std::size_t>(e.order[n]) : n;
      x.insert(x.end(), e.x.begin() + std::ptrdiff_t(row * in), e.x.begin() + std::ptrdiff_t((row + 1) * in));
      y.push_back(e.y[row]);
    }
    const Trace t = with_loss(net(p, y.size(), x), y);
    std::vector<std::vector<double>> gradients;
    for (const NamedTensor& tensor : p) gradients.push_back(t.tensor("d" + tensor.name).values);
    step(p, gradients, e.eta, way);
  }
  return p;
}

/// The parameters that must come back, what the exercise leaves, and the wrong ones that are known.
void expect_parameters(Check& check, const std::string& step_id, const Tensors& before, const Tensors& right,
                       const std::vector<std::pair<Way, Tensors>>& wrong) {
  for (std::size_t t = 0; t < right.size(); ++t) {
    check.expect.push_back(expected(right[t].name, step_id, right[t].shape, right[t].values));
    check.expect.back().untouched = before[t].values;
    for (const auto& [way, tensors] : wrong)
      if (tensors[t].values != right[t].values)
        check.known_wrong.push_back({way.mistake, tensors[t].name, tensors[t].values, way.words});
  }
}

Check update_check(Draw& draw) {
  const Tensors p = draw_parameters(draw);
  constexpr double eta = 0.25;
  Check check;
  check.id = check.function = "update";
  check.send = p;
  std::vector<std::vector<double>> gradients;
  for (const NamedTensor& tensor : p) {
    gradients.push_back(draw.numbers(tensor.values.size()));
    check.send.push_back({"d" + tensor.name, tensor.shape, gradients.back()});
  }
  check.send.push_back(scalar("eta", eta));
  const auto after = [&](const Way& way) {
    Tensors moved = p;
    step(moved, gradients, eta, way);
    return moved;
  };
  std::vector<std::pair<Way, Tensors>> wrong;
  for (const Way& way : wrong_updates()) wrong.emplace_back(way, after(way));
  expect_parameters(check, "update", p, after({}), wrong);
  return check;
}

Check epoch_check(Draw& draw) {
  const Tensors p = draw_parameters(draw);
  Epoch e{draw.numbers(7 * in), draw.labels(7, out), {4, 0, 6, 2, 5, 1, 3}, 3, 0.5};
  Check check;
  check.id = check.function = "epoch";
  check.send = p;
  check.send.push_back({"x", {7, in}, e.x});
  check.send.push_back({"y", {7}, e.y});
  check.send.push_back({"order", {7}, e.order});
  check.send.push_back(scalar("batch", double(e.batch)));
  check.send.push_back(scalar("eta", e.eta));
  std::vector<std::pair<Way, Tensors>> wrong;
  for (const Way& way : wrong_epochs()) wrong.emplace_back(way, after_epoch(p, e, way));
  expect_parameters(check, "epoch", p, after_epoch(p, e, {}), wrong);
  return check;
}

/// Rows whose logit of the label is the largest (or, with `smallest`, the smallest).
std::size_t hits(const Trace& t, bool smallest) {
  const std::vector<double> z = t.tensor("z2").values, y = t.tensor("y").values;
  std::size_t count = 0;
  for (std::size_t n = 0; n < y.size(); ++n) {
    const auto begin = z.begin() + std::ptrdiff_t(n * out), end = begin + out;
    const auto chosen = smallest ? std::min_element(begin, end) : std::max_element(begin, end);
    count += chosen - begin == std::ptrdiff_t(y[n]);
  }
  return count;
}

Check score_check(Draw& draw) {
  constexpr std::size_t rows = 12;
  const Tensors p = draw_parameters(draw);
  Trace t = net(p, rows, draw.numbers(rows * in));
  // Half of the labels are what the net says, so that the accuracy is neither 0 nor 1; one is what it says least.
  std::vector<double> y = draw.labels(rows, out);
  const std::vector<double> z = t.tensor("z2").values;
  for (std::size_t n = 0; n < rows; n += 2) {
    const auto begin = z.begin() + std::ptrdiff_t(n * out);
    y[n] = double(std::max_element(begin, begin + out) - begin);
  }
  y[1] = double(std::min_element(z.begin() + out, z.begin() + 2 * out) - (z.begin() + out));
  t = with_loss(t, y);
  const double right = double(hits(t, false));
  Check check;
  check.id = check.function = "score";
  check.send = p;
  check.send.push_back(t.tensor("x"));
  check.send.push_back(t.tensor("y"));
  check.expect.push_back(expected("L", "evaluate", {}, t.tensor("L").values));
  check.expect.push_back(expected("accuracy", "evaluate", {}, {right / rows}));
  check.known_wrong.push_back({"accuracy-counted", "accuracy", {right}, tr("not divided by the number of rows")});
  check.known_wrong.push_back(
      {"accuracy-in-percent", "accuracy", {100 * right / rows}, tr("in percent, not from 0 to 1")});
  check.known_wrong.push_back({"accuracy-smallest-logit",
                               "accuracy",
                               {double(hits(t, true)) / rows},
                               tr("of the smallest logit, not the largest")});
  check.known_wrong.push_back(
      {"loss-sum-for-mean", "L", {t.tensor("L").values[0] * rows}, tr("summed over the rows, not their mean")});
  return check;
}

}  // namespace

std::vector<Check> lesson_09_own_framework(Draw& draw) {
  std::vector<Check> checks;
  const std::vector<std::string> sent = {"W1", "b1", "W2", "b2", "x", "dz2"};
  const std::vector<NameAndStep> passes = {{"z2", "forward"},   {"dW1", "backward"}, {"db1", "backward"},
                                           {"dW2", "backward"}, {"db2", "backward"}, {"dx", "backward"}};
  Trace t = net(draw_parameters(draw), 6, draw.numbers(6 * in));
  t.backward("z2", draw.numbers(6 * out));
  checks.push_back(traced_check("passes", "passes", t, sent, passes));
  // Fewer rows than outputs, and inputs so far out that tanh is ±1.
  std::vector<double> far = draw.numbers(3 * in);
  for (double& number : far) number *= 2000;
  Trace few = net(draw_parameters(draw), 3, std::move(far));
  few.backward("z2", draw.numbers(3 * out));
  checks.push_back(traced_check("passes-far-out", "passes", few, sent, {{"z2", "forward"}}));
  checks.push_back(update_check(draw));
  checks.push_back(epoch_check(draw));
  checks.push_back(score_check(draw));

  const Tensors p = draw_parameters(draw);
  Trace now = net(p, 4, draw.numbers(4 * in));
  now.backward("z2", draw.numbers(4 * out));
  const Trace looked_at = with_loss(net(p, 6, draw.numbers(6 * in)), draw.labels(6, out));
  std::vector<NameAndStep> gradients;
  for (const char* name : {"dW1", "db1", "dW2", "db2", "dx"}) gradients.emplace_back(name, "untouched");
  checks.push_back(traced_check("look-between", "look_between", now, sent, gradients, looked_at, {"x", "y"}));
  checks.back().expect.push_back(expected("L", "untouched", {}, looked_at.tensor("L").values));  // it did look
  return checks;
}

}  // namespace gradwalk::harness
