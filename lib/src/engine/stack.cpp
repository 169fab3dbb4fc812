#include "engine/stack.hpp"

#include <variant>

namespace gradwalk::engine {

template <class T>
std::optional<Stack> stack_of(const Net<T>& net) {
  Stack stack;
  bool may_activate = false;  // the layer before is linear
  for (std::size_t k = 0; k < net.layers.size(); ++k) {
    const auto& layer = net.layers[k];
    if (stack.softmax) return std::nullopt;
    if (const auto* linear = std::get_if<gradwalk::Linear<T>>(&layer)) {
      if (linear->in() == 0 || linear->b.size() != linear->out() || linear->out() == 0) return std::nullopt;
      if (!stack.layers.empty() && stack.layers.back().out != linear->in()) return std::nullopt;
      stack.layers.push_back({k, linear->in(), linear->out()});
      may_activate = true;
      continue;
    }
    if (stack.layers.empty()) return std::nullopt;
    if (std::holds_alternative<Identity>(layer)) continue;
    if (std::holds_alternative<Softmax>(layer)) {
      if (!may_activate) return std::nullopt;  // the engine has one of the two after the last layer
      stack.softmax = true;
      continue;
    }
    if (!may_activate) return std::nullopt;
    may_activate = false;
    auto& last = stack.layers.back();
    if (std::holds_alternative<Tanh>(layer)) last.activation = kernels::Activation::tanh;
    if (std::holds_alternative<Sigmoid>(layer)) last.activation = kernels::Activation::sigmoid;
    if (std::holds_alternative<ReLU>(layer)) last.activation = kernels::Activation::leaky_relu;
    if (const auto* leaky = std::get_if<LeakyReLU>(&layer)) {
      if (!(leaky->slope >= 0)) return std::nullopt;  // f′ would not be known from a alone
      last.activation = kernels::Activation::leaky_relu;
      last.slope = leaky->slope;
    }
  }
  if (stack.layers.empty()) return std::nullopt;
  return stack;
}

template std::optional<Stack> stack_of(const Net<float>&);
template std::optional<Stack> stack_of(const Net<double>&);

}  // namespace gradwalk::engine
