// Of the judge: both passes through a net, and the ways in which the row of layers is gone through wrongly.
#include <algorithm>
#include <numeric>

#include "gradwalk/tracer/language.hpp"
#include "judge_net.hpp"

namespace gradwalk::harness::lesson_09 {
namespace {

using Values = std::vector<double>;
using Order = std::vector<std::size_t>;  // of the layers: 0 is the first Linear, 1 the activation behind it …

Order all_layers(const Trace& net) {
  Order order(net.record.ops.size());
  std::iota(order.begin(), order.end(), 0);
  return order;
}

Order backwards(Order order) {
  std::reverse(order.begin(), order.end());
  return order;
}

Order without(Order order, std::size_t layer) {
  std::erase(order, layer);
  return order;
}

Order linears(Order order) {
  std::erase_if(order, [](std::size_t layer) { return layer % 2 == 1; });
  return order;
}

/// One layer of the net by itself, with an input of its own.
Trace one_layer(const Trace& net, std::size_t layer, const Values& input) {
  const Op& op = net.record.ops[layer];
  Trace t;
  std::vector<std::string> names;
  for (const TensorId id : op.inputs) {
    const Tensor& tensor = net.record[id];
    names.push_back(tensor.name);
    if (tensor.role == Role::parameter)
      t.parameter(tensor.name, tensor.shape, tensor.value);
    else
      t.input(tensor.name, tensor.shape, input);
  }
  t.op(op.kind, names, net.record[op.output].name);
  return t;
}

struct Way {
  const char* mistake;
  std::string words;
  Order order;
  bool hands_on = true;  // each layer gets what the one before has made; else all get the same
};

std::string words_of_three_layers() { return tr("with the first three layers only: a net may have more"); }

/// What forward returns.
Values forward(const Trace& net, const Way& way) {
  const Values x = net.tensor("x").values;
  Values a = x;
  for (const std::size_t layer : way.order) {
    const Trace one = one_layer(net, layer, way.hands_on ? a : x);
    a = one.record.tensors.back().value;
  }
  return a;
}

/// dW and db of the layers, which are 0 where it does not come along, and the dx that is returned.
Tensors backward(const Tensors& parameters, const Trace& net, const Way& way) {
  Tensors gradients;
  for (const NamedTensor& one : parameters) gradients.push_back({"d" + one.name, one.shape, Values(one.values.size())});
  Values upstream = net.upstream;
  for (const std::size_t layer : way.order) {
    const Tensor& input = net.record[net.record.ops[layer].inputs[0]];
    Trace one = one_layer(net, layer, input.value);
    one.backward(one.record.tensors.back().name, way.hands_on ? upstream : net.upstream);
    for (NamedTensor& gradient : gradients)
      if (find_asked(one.record, gradient.name)) gradient = one.tensor(gradient.name);
    upstream = one.tensor("d" + input.name).values;
  }
  gradients.push_back({"dx", net.tensor("x").shape, upstream});
  return gradients;
}

std::vector<Way> wrong_forward(const Trace& net) {
  const Order all = all_layers(net);
  return {
      {"forward-last-layer-left-out", tr("with the last layer left out: the loop ends too early"),
       without(all, all.back())},
      {"forward-first-layer-left-out", tr("with the first layer left out: the loop begins too late"), without(all, 0)},
      {"forward-activations-left-out", tr("with the activations left out"), linears(all)},
      {"forward-three-layers", words_of_three_layers(), {0, 1, 2}},
      {"forward-in-reverse", tr("with the layers gone through from the last to the first"), backwards(all)},
      {"forward-not-handed-on", tr("with x for the input of every layer: each takes what the layer before has made"),
       all, false}};
}

std::vector<Way> wrong_backward(const Trace& net) {
  const Order all = all_layers(net), back = backwards(all);
  const std::string without_first = words_of_first_layer_left_out();
  return {{without_first_id, without_first, without(back, 0)},
          {without_first_id, without_first, without(without(back, 0), 1)},
          {"backward-three-layers", words_of_three_layers(), {2, 1, 0}},
          {"backward-activations-left-out", words_of_activations_left_out(), linears(back)},
          {"backward-last-layer-left-out", tr("with the last layer left out of the way back: the loop begins too late"),
           without(back, all.back())},
          {"backward-in-forward-order", tr("with the way back gone from the first layer to the last"), all},
          {"backward-not-handed-on",
           tr("with the gradient of the logits handed to every layer: each takes what the layer behind it has made"),
           back, false}};
}

std::vector<NameAndStep> gradients_of(const Tensors& parameters) {
  std::vector<NameAndStep> expect;
  for (const NamedTensor& one : parameters) expect.emplace_back("d" + one.name, "backward");
  expect.emplace_back("dx", "backward");
  return expect;
}

}  // namespace

std::string words_of_first_layer_left_out() {
  return tr("with the first layer left out of the way back: the loop ends before layer 0");
}

std::string words_of_activations_left_out() { return tr("with the activations left out of the way back"); }

Tensors gradients_without_activations(const Tensors& parameters, const Trace& net) {
  return backward(parameters, net, {"", "", linears(backwards(all_layers(net)))});
}

std::vector<KnownWrong> wrong_logits(const Trace& net) {
  std::vector<KnownWrong> known;
  for (const Way& way : wrong_forward(net))
    known.push_back({way.mistake, logits_of(net), forward(net, way), way.words});
  return known;
}

std::vector<KnownWrong> wrong_passes(const Tensors& parameters, const Trace& net) {
  std::vector<KnownWrong> known = wrong_logits(net);
  for (const Way& way : wrong_backward(net))
    for (const NamedTensor& gradient : backward(parameters, net, way))
      known.push_back({way.mistake, gradient.name, gradient.values, way.words});
  known.push_back({"backward-returns-argument", "dx", net.upstream,
                   tr("with the gradient of the logits returned, not what has come through the layers")});
  return known;
}

std::vector<Check> passes_checks(Draw& draw) {
  std::vector<Check> checks;
  const auto add = [&](const char* id, const char* function, const Tensors& parameters, const Trace& t,
                       const std::vector<NameAndStep>& expect) -> Check& {
    std::vector<std::string> sent{"x", "d" + logits_of(t)};
    for (const NamedTensor& one : parameters) sent.push_back(one.name);
    checks.push_back(traced_check(id, function, t, sent, expect));
    return checks.back();
  };
  const auto with_upstream = [&](Trace t) {
    const std::string z = logits_of(t);
    t.backward(z, draw.numbers(t.tensor(z).values.size()));
    return t;
  };
  const Tensors p = draw_parameters(draw), deep_p = draw_deep_parameters(draw);
  const Trace t = with_upstream(net(p, 6, draw.numbers(6 * in))),
              deep = with_upstream(net(deep_p, 5, draw.numbers(5 * deep_width)));
  // Fewer rows than outputs, and numbers so far out that tanh is ±1, and sigmoid 0 or 1.
  Tensors far_p = draw_deep_parameters(draw);
  for (double& weight : far_p[2].values) weight *= 4096;
  const Trace far = with_upstream(net(far_p, 3, draw.numbers(3 * deep_width, 4096)));
  // Forward by itself, so that it has its points where backward ends the program.
  add("forward", "forward", p, t, {{"z2", "forward"}});
  add("forward-deeper", "forward", deep_p, deep, {{"z3", "forward"}}).known_wrong = wrong_passes(deep_p, deep);
  add("forward-far-out", "forward", far_p, far, {{"z3", "forward"}});
  // Where the layers do not fit together, only the first may be left out: its gradients stay what they were.
  Check& passes = add("passes", "passes", p, t, gradients_of(p));
  for (const char* name : {"dW1", "db1"})
    passes.known_wrong.push_back(
        {without_first_id, name, Values(t.tensor(name).values.size()), words_of_first_layer_left_out()});
  add("passes-deeper", "passes", deep_p, deep, gradients_of(deep_p)).known_wrong = wrong_passes(deep_p, deep);
  return checks;
}

}  // namespace gradwalk::harness::lesson_09
