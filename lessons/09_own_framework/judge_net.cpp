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

Trace loss_behind_softmax(const Trace& right) {
  const NamedTensor z2 = right.tensor("z2"), y = right.tensor("y");
  Trace softmax;
  softmax.input("z", z2.shape, z2.values);
  softmax.op(OpKind::softmax, {"z"}, "p");
  Trace loss;
  loss.input("z2", z2.shape, softmax.tensor("p").values);
  return with_loss(std::move(loss), y.values);
}

double loss_of_softmax(const Trace& right) { return loss_behind_softmax(right).tensor("L").values[0]; }

std::string words_of_softmax_behind() {
  return tr("with the softmax of {z} in its place: the logits themselves are asked for", fmt::arg("z", "z2"));
}

}  // namespace gradwalk::harness::lesson_09
