#include "judge_net.hpp"

#include <fmt/format.h>

#include "gradwalk/tracer/language.hpp"

namespace gradwalk::harness::lesson_09 {

Tensors draw_parameters(Draw& draw) {
  return {{"W1", {hidden, in}, draw.numbers(hidden * in, 0.5)},
          {"b1", {hidden}, draw.numbers(hidden, 0.5)},
          {"W2", {out, hidden}, draw.numbers(out * hidden)},
          {"b2", {out}, draw.numbers(out)}};
}

Tensors draw_deep_parameters(Draw& draw) {
  Tensors parameters;
  for (const char* number : {"1", "2", "3"}) {
    parameters.push_back(
        {std::string("W") + number, {deep_width, deep_width}, draw.numbers(deep_width * deep_width, 0.5)});
    parameters.push_back({std::string("b") + number, {deep_width}, draw.numbers(deep_width, 0.5)});
  }
  return parameters;
}

Trace net(const Tensors& p, std::size_t rows, std::vector<double> x) {
  Trace t;
  t.input("x", {rows, p[0].shape[1]}, std::move(x));
  std::string input = "x";
  for (std::size_t l = 0; 2 * l < p.size(); ++l) {
    const std::string number = std::to_string(l + 1), z = "z" + number, a = "a" + number;
    const NamedTensor &W = p[2 * l], &b = p[2 * l + 1];
    t.parameter(W.name, W.shape, W.values);
    t.parameter(b.name, b.shape, b.values);
    t.op(OpKind::linear, {input, W.name, b.name}, z);
    if (2 * l + 2 < p.size()) t.op(l == 0 ? OpKind::tanh : OpKind::sigmoid, {z}, input = a);
  }
  return t;
}

std::string logits_of(const Trace& net) { return net.record.find("z3") ? "z3" : "z2"; }

Trace with_loss(Trace t, std::vector<double> y) {
  const std::size_t rows = y.size();
  t.target("y", {rows}, std::move(y));
  t.op(OpKind::softmax_cross_entropy, {logits_of(t), "y"}, "L");
  t.backward("L", {1});
  return t;
}

Trace loss_behind_softmax(const Trace& right) {
  const NamedTensor z = right.tensor(logits_of(right)), y = right.tensor("y");
  Trace softmax;
  softmax.input("z", z.shape, z.values);
  softmax.op(OpKind::softmax, {"z"}, "p");
  Trace loss;
  loss.input(z.name, z.shape, softmax.tensor("p").values);
  return with_loss(std::move(loss), y.values);
}

double loss_of_softmax(const Trace& right) { return loss_behind_softmax(right).tensor("L").values[0]; }

std::string words_of_softmax_behind(const std::string& logits) {
  return tr("with the softmax of {z} in its place: the logits themselves are asked for", fmt::arg("z", logits));
}

}  // namespace gradwalk::harness::lesson_09
