// Of the judge: one update, and an epoch of them, taken rightly and in all the wrong ways.
#include <algorithm>
#include <numeric>

#include "judge_ways.hpp"

namespace gradwalk::harness::lesson_09 {
namespace {

using Gradients = std::vector<std::vector<double>>;  // as the parameters

/// W ← W − η·dW, b ← b − η·db
void step(Tensors& p, const Gradients& gradients, double eta, const Way& way) {
  for (std::size_t t = 0; t < p.size(); ++t) {
    const bool is_bias = p[t].shape.size() == 1;
    const double sign = is_bias ? way.b_sign : way.W_sign;
    if (sign == 0 || !(t < 2 ? way.first_layer : t + 2 < p.size() ? way.middle_layer : way.last_layer)) continue;
    double length = sign * (is_bias ? way.b_times : way.W_times);
    if (is_bias ? way.b_rate : way.W_rate) length *= eta;
    if (is_bias && way.bias_by_input) length *= double(p[t - 1].shape[1]);
    for (std::size_t i = 0; i < p[t].values.size(); ++i)
      p[t].values[i] = (way.adds ? p[t].values[i] : 0) + length * gradients[t][i];
  }
}

struct Epoch {
  std::vector<double> x, y, order;
  std::size_t batch;
  double eta;
};

struct Range {
  std::size_t begin, end;
};

std::vector<Range> ranges(const Epoch& e, Batches batches) {
  const std::size_t rows = e.y.size();
  if (batches == Batches::all_in_one) return {{0, rows}};
  const std::size_t stride = batches == Batches::overlapping ? 1 : e.batch;
  std::vector<Range> all;
  for (std::size_t begin = 0; begin < rows; begin += stride) all.push_back({begin, std::min(begin + e.batch, rows)});
  if (batches == Batches::without_last) all.pop_back();
  if (batches == Batches::without_first) all.erase(all.begin());
  if (batches == Batches::first_only) return {all.front()};
  if (batches == Batches::last_only) return {all.back()};
  return all;
}

/// One mini-batch forward and back. `later` are the parameters that the way back finds.
Gradients gradients_of(const Epoch& e, Range range, const Tensors& p, const Tensors& later, const Way& way) {
  std::vector<double> x, y;
  for (std::size_t n = range.begin; n < range.end; ++n) {
    const auto given = static_cast<std::size_t>(e.order[n]), row = way.rows_ordered ? given : n;
    x.insert(x.end(), e.x.begin() + std::ptrdiff_t(row * in), e.x.begin() + std::ptrdiff_t((row + 1) * in));
    y.push_back(e.y[way.labels_ordered ? given : n]);
  }
  const std::size_t rows = y.size();
  const Trace forward = with_loss(net(p, rows, x), y);
  const std::vector<double> dz2 = way.softmax_behind ? loss_behind_softmax(forward).tensor("dz2").values
                                                     : forward.tensor(way.logits_sent_back ? "z2" : "dz2").values;
  // W1 and b1 have done their work for dW1 and db1 with the forward pass; W2 is read on the way back.
  Trace back = net({p[0], p[1], later[2], later[3]}, rows, std::move(x));
  back.backward("z2", dz2);
  Gradients gradients;
  const Tensors through_linear = gradients_without_activations(p, back);
  for (std::size_t t = 0; t < p.size(); ++t) {
    gradients.push_back(way.without_activations ? through_linear[t].values : back.tensor("d" + p[t].name).values);
    for (double& one : gradients.back())
      one = way.times_batch > 0 ? one * double(rows) : way.times_batch < 0 ? one / double(rows) : one;
  }
  return gradients;
}

Gradients zeros_like(const Tensors& p) {
  Gradients zeros;
  for (const NamedTensor& tensor : p) zeros.emplace_back(tensor.values.size(), 0.0);
  return zeros;
}

Tensors after_epoch(Tensors p, const Epoch& e, const Way& way) {
  const Tensors before = p;
  Gradients gradients = zeros_like(p);
  for (const Range range : ranges(e, way.batches)) {
    const Tensors forward = way.old_weights ? before : p;
    if (way.update_first) step(p, gradients, e.eta, way);
    const Gradients now = gradients_of(e, range, forward, way.update_first ? p : forward, way);
    for (std::size_t t = 0; t < p.size(); ++t)
      for (std::size_t i = 0; i < now[t].size(); ++i)
        gradients[t][i] = now[t][i] + (way.keeps_gradients ? gradients[t][i] : 0);
    if (!way.update_first) step(p, gradients, e.eta, way);
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
      check.known_wrong.push_back({way.mistake, tensors[t].name, tensors[t].values, way.words});
  }
}

Check update_check(Draw& draw, const char* id, const Tensors& p) {
  constexpr double eta = 0.25;
  Check check;
  check.id = id;
  check.function = "update";
  check.send = p;
  Gradients gradients;
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

}  // namespace

std::vector<Check> update_checks(Draw& draw) {
  const Tensors p = draw_parameters(draw), deep = draw_deep_parameters(draw);
  return {update_check(draw, "update", p), update_check(draw, "update-deeper", deep)};
}

Check epoch_check(Draw& draw) {
  const Tensors p = draw_parameters(draw);
  const Epoch e{draw.numbers(7 * in), draw.labels(7, out), {4, 0, 6, 2, 5, 1, 3}, 3, 0.5};
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

}  // namespace gradwalk::harness::lesson_09
