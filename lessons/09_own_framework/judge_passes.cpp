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
  for (const NamedTensor& one : parameters)
    gradients.push_back({"d" + one.name, one.shape, Values(one.values.size())});
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
  return {{"forward-last-layer-left-out", tr("with the last layer left out: the loop ends too early"),
           without(all, all.back())},
          {"forward-first-layer-left-out", tr("with the first layer left out: the loop begins too late"),
           without(all, 0)},
          {"forward-in-reverse", tr("with the layers gone through from the last to the first"), backwards(all)},
          {"forward-not-handed-on", tr("with x for the input of every layer: each takes what the layer before has made"),
           all, false}};
}

Way without_first_on_way_back(const Trace& net) {
  return {"backward-first-layer-left-out", words_of_first_layer_left_out(), without(backwards(all_layers(net)), 0)};
}

std::vector<Way> wrong_backward(const Trace& net) {
  const Order all = all_layers(net), back = backwards(all);
  return {without_first_on_way_back(net),
          {"backward-last-layer-left-out",
           tr("with the last layer left out of the way back: the loop begins too late"), without(back, all.back())},
          {"backward-in-forward-order", tr("with the way back gone from the first layer to the last"), all},
          {"backward-not-handed-on",
           tr("with the gradient of the logits handed to every layer: each takes what the layer behind it has made"),
           back, false}};
}

std::vector<NameAndStep> expected_of(const Trace& net, const Tensors& parameters) {
  std::vector<NameAndStep> expect{{logits_of(net), "forward"}};
  for (const NamedTensor& one : parameters) expect.emplace_back("d" + one.name, "backward");
  expect.emplace_back("dx", "backward");
  return expect;
}

std::vector<std::string> sent_of(const Trace& net, const Tensors& parameters) {
  std::vector<std::string> sent;
  for (const NamedTensor& one : parameters) sent.push_back(one.name);
  sent.insert(sent.end(), {"x", "d" + logits_of(net)});
  return sent;
}

}  // namespace

std::string words_of_first_layer_left_out() {
  return tr("with the first layer left out of the way back: the loop ends before layer 0");
}

std::vector<KnownWrong> wrong_passes(const Tensors& parameters, const Trace& net) {
  std::vector<KnownWrong> known;
  for (const Way& way : wrong_forward(net))
    known.push_back({way.mistake, logits_of(net), forward(net, way), way.words});
  for (const Way& way : wrong_backward(net))
    for (const NamedTensor& gradient : backward(parameters, net, way))
      known.push_back({way.mistake, gradient.name, gradient.values, way.words});
  return known;
}

std::vector<Check> passes_checks(Draw& draw) {
  std::vector<Check> checks;
  const Tensors p = draw_parameters(draw);
  Trace t = net(p, 6, draw.numbers(6 * in));
  t.backward("z2", draw.numbers(6 * out));
  checks.push_back(traced_check("passes", "passes", t, sent_of(t, p), expected_of(t, p)));
  // Other layers do not fit together here, but the first may be left out: its gradients stay what they were.
  const Way way = without_first_on_way_back(t);
  for (const char* name : {"dW1", "db1"})
    checks.back().known_wrong.push_back({way.mistake, name, Values(t.tensor(name).values.size()), way.words});
  // More layers.
  const Tensors deep_p = draw_deep_parameters(draw);
  Trace deep = net(deep_p, 5, draw.numbers(5 * deep_width));
  deep.backward("z3", draw.numbers(5 * deep_width));
  checks.push_back(traced_check("passes-deeper", "passes", deep, sent_of(deep, deep_p), expected_of(deep, deep_p)));
  checks.back().known_wrong = wrong_passes(deep_p, deep);
  // Fewer rows than outputs, and numbers so far out that tanh is ±1, and sigmoid 0 or 1.
  Tensors far_p = draw_deep_parameters(draw);
  for (double& weight : far_p[2].values) weight *= 4096;
  Trace far = net(far_p, 3, draw.numbers(3 * deep_width, 4096));
  far.backward("z3", draw.numbers(3 * deep_width));
  checks.push_back(traced_check("passes-far-out", "passes", far, sent_of(far, far_p), {{"z3", "forward"}}));
  return checks;
}

}  // namespace gradwalk::harness::lesson_09
