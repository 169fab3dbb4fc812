#include "gradwalk/nn/recorder.hpp"

#include <fmt/format.h>

#include "gradwalk/nn/net.hpp"
#include "gradwalk/nn/pass.hpp"

namespace gradwalk {

namespace {

template <class T>
std::vector<double> as_doubles(const std::vector<T>& values) {
  return {values.begin(), values.end()};
}

template <class T>
Tensor tensor_of(std::string name, Role role, const Matrix<T>& values) {
  return {std::move(name),       {values.rows(), values.cols()}, role, as_doubles(values.values()), {},
          GradientState::pending};
}

template <class T>
OpKind kind_of(const Layer<T>& layer) {
  if (std::holds_alternative<Linear<T>>(layer)) return OpKind::linear;
  if (std::holds_alternative<Tanh>(layer)) return OpKind::tanh;
  if (std::holds_alternative<Sigmoid>(layer)) return OpKind::sigmoid;
  if (std::holds_alternative<ReLU>(layer)) return OpKind::relu;
  if (std::holds_alternative<LeakyReLU>(layer)) return OpKind::leaky_relu;
  if (std::holds_alternative<Identity>(layer)) return OpKind::identity;
  return OpKind::softmax;
}

OpKind kind_of(Loss loss) {
  switch (loss) {
    case Loss::cross_entropy:
      return OpKind::cross_entropy;
    case Loss::softmax_cross_entropy:
      return OpKind::softmax_cross_entropy;
    case Loss::logistic:
      return OpKind::binary_logistic;
    case Loss::squared:
      return OpKind::squared_error;
    case Loss::absolute:
      return OpKind::absolute_error;
  }
  return OpKind::identity;
}

void set_gradient(Tensor& tensor, std::vector<double> gradient) {
  tensor.gradient = std::move(gradient);
  tensor.gradient_state = GradientState::computed;
}

/// The name of an output, made different from those in the record: a1, then a1_2 for a second activation in a row.
std::string unused(const Record& record, const std::string& name) {
  std::string candidate = name;
  for (int number = 2; record.find(candidate); ++number) candidate = fmt::format("{}_{}", name, number);
  return candidate;
}

}  // namespace

template <class T>
void Recorder::begin(const Net<T>& net, const ForwardPass<T>& pass, Loss loss, const Targets<T>& targets) {
  record_ = {};
  layers_.assign(net.layers.size(), {});
  record_.provenance.dtype = sizeof(T) == sizeof(float) ? "float32" : "float64";
  record_.provenance.widths = net.widths();
  record_.provenance.loss = name_of(loss);
  auto push = [this](Tensor tensor) {
    record_.tensors.push_back(std::move(tensor));
    return record_.tensors.size() - 1;
  };

  x_ = push(tensor_of("x", Role::input, pass.x));
  TensorId previous = x_;
  std::size_t number = 0;  // of the linear layer, from 1
  for (std::size_t k = 0; k < net.layers.size(); ++k) {
    Op op{kind_of(net.layers[k]), {previous}, 0, {}};
    std::string name = op.kind == OpKind::softmax && k + 1 == net.layers.size() ? "p" : fmt::format("a{}", number);
    if (const auto* linear = std::get_if<Linear<T>>(&net.layers[k])) {
      ++number;
      layers_[k].W = push(tensor_of(fmt::format("W{}", number), Role::parameter, linear->W));
      layers_[k].b = push({fmt::format("b{}", number),
                           {linear->out()},
                           Role::parameter,
                           as_doubles(linear->b),
                           {},
                           GradientState::pending});
      op.inputs = {previous, *layers_[k].W, *layers_[k].b};
      name = fmt::format("z{}", number);
    }
    if (const auto* leaky = std::get_if<LeakyReLU>(&net.layers[k])) op.attributes["slope"] = leaky->slope;
    previous = layers_[k].output = op.output =
        push(tensor_of(unused(record_, name), Role::intermediate, pass.outputs[k]));
    record_.ops.push_back(std::move(op));
  }

  Tensor y{"y", {targets.size()},   Role::target, {targets.labels.begin(), targets.labels.end()},
           {},  GradientState::none};
  if (!wants_labels(loss)) {
    y.shape = {targets.values.rows(), targets.values.cols()};
    y.value = as_doubles(targets.values.values());
  }
  const TensorId y_id = push(std::move(y));
  const double value = loss_value(loss, pass.output(), targets);
  const TensorId L = push({"L", {}, Role::loss, {value}, {1.0}, GradientState::computed});  // the seed: ∂L/∂L = 1
  record_.ops.push_back({kind_of(loss), {previous, y_id}, L, {}});
}

template <class T>
void Recorder::output_gradient(std::size_t layer, const Matrix<T>& gradient) {
  set_gradient(record_.tensors[layers_[layer].output], as_doubles(gradient.values()));
}

template <class T>
void Recorder::parameter_gradients(std::size_t layer, const Matrix<T>& dW, const std::vector<T>& db) {
  set_gradient(record_.tensors[*layers_[layer].W], as_doubles(dW.values()));
  set_gradient(record_.tensors[*layers_[layer].b], as_doubles(db));
}

template <class T>
void Recorder::input_gradient(const Matrix<T>& dx) {
  set_gradient(record_.tensors[x_], as_doubles(dx.values()));
}

template <class T>
Record record_step(const Net<T>& net, Matrix<T> x, Loss loss, const Targets<T>& targets) {
  Recorder recorder;
  const ForwardPass<T> pass = forward(net, std::move(x));
  backward(net, pass, loss, targets, recorder);
  return recorder.take();
}

template void Recorder::begin(const Net<float>&, const ForwardPass<float>&, Loss, const Targets<float>&);
template void Recorder::begin(const Net<double>&, const ForwardPass<double>&, Loss, const Targets<double>&);
template void Recorder::output_gradient(std::size_t, const Matrix<float>&);
template void Recorder::output_gradient(std::size_t, const Matrix<double>&);
template void Recorder::parameter_gradients(std::size_t, const Matrix<float>&, const std::vector<float>&);
template void Recorder::parameter_gradients(std::size_t, const Matrix<double>&, const std::vector<double>&);
template void Recorder::input_gradient(const Matrix<float>&);
template void Recorder::input_gradient(const Matrix<double>&);
template Record record_step(const Net<float>&, Matrix<float>, Loss, const Targets<float>&);
template Record record_step(const Net<double>&, Matrix<double>, Loss, const Targets<double>&);

}  // namespace gradwalk
