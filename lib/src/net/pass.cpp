#include "gradwalk/nn/pass.hpp"

#include <fmt/format.h>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/kernels.hpp"

namespace gradwalk {

namespace detail {

template <class T>
Matrix<T> layer_forward(const Layer<T>& layer, const Matrix<T>& in, std::size_t number) {
  if (const auto* linear = std::get_if<Linear<T>>(&layer)) {
    if (in.cols() != linear->in())
      throw ShapeError(fmt::format("layer {} is Linear with W ({}, {}), but its input is ({}, {}): {} columns expected",
                                   number, linear->out(), linear->in(), in.rows(), in.cols(), linear->in()));
    if (linear->b.size() != linear->out())
      throw ShapeError(fmt::format("layer {} is Linear with W ({}, {}), but its b has {} elements", number,
                                   linear->out(), linear->in(), linear->b.size()));
    Matrix<T> z(in.rows(), linear->out());
    kernels::linear_forward(in, linear->W, std::span<const T>(linear->b), z);
    return z;
  }
  Matrix<T> out(in.rows(), in.cols());
  if (std::holds_alternative<Tanh>(layer)) kernels::tanh_forward(in, out);
  if (std::holds_alternative<Sigmoid>(layer)) kernels::sigmoid_forward(in, out);
  if (std::holds_alternative<ReLU>(layer)) kernels::leaky_relu_forward(in, T{0}, out);
  if (const auto* leaky = std::get_if<LeakyReLU>(&layer))
    kernels::leaky_relu_forward(in, static_cast<T>(leaky->slope), out);
  if (std::holds_alternative<Identity>(layer)) out = in;
  if (std::holds_alternative<Softmax>(layer)) kernels::softmax_forward(in, out);
  return out;
}

}  // namespace detail

template <class T>
ForwardPass<T> forward(const Net<T>& net, Matrix<T> x) {
  ForwardPass<T> pass{std::move(x), {}};
  pass.outputs.reserve(net.layers.size());
  for (std::size_t k = 0; k < net.layers.size(); ++k)
    pass.outputs.push_back(detail::layer_forward(net.layers[k], pass.input_of(k), k + 1));
  return pass;
}

namespace detail {

template <class T>
Matrix<T> activation_backward(const Layer<T>& layer, const Matrix<T>& z, const Matrix<T>& a, const Matrix<T>& da) {
  Matrix<T> dz(da.rows(), da.cols());
  if (std::holds_alternative<Tanh>(layer)) kernels::tanh_backward(a, da, dz);
  if (std::holds_alternative<Sigmoid>(layer)) kernels::sigmoid_backward(a, da, dz);
  if (std::holds_alternative<ReLU>(layer)) kernels::leaky_relu_backward(z, da, T{0}, dz);
  if (const auto* leaky = std::get_if<LeakyReLU>(&layer))
    kernels::leaky_relu_backward(z, da, static_cast<T>(leaky->slope), dz);
  if (std::holds_alternative<Identity>(layer)) dz = da;
  if (std::holds_alternative<Softmax>(layer)) kernels::softmax_backward(a, da, dz);
  return dz;
}

template <class T>
void check_pass(const Net<T>& net, const ForwardPass<T>& pass) {
  if (pass.outputs.size() != net.layers.size())
    throw ShapeError(
        fmt::format("a pass through {} layers does not belong to a net of {}", pass.outputs.size(), net.layers.size()));
  for (std::size_t k = 0; k < net.layers.size(); ++k) {
    const Matrix<T>&in = pass.input_of(k), &out = pass.outputs[k];
    const auto* linear = std::get_if<Linear<T>>(&net.layers[k]);
    const std::size_t in_width = linear ? linear->in() : in.cols(), out_width = linear ? linear->out() : in.cols();
    if (in.cols() != in_width || out.cols() != out_width || out.rows() != in.rows())
      throw ShapeError(fmt::format("layer {} takes (N, {}) to (N, {}), but in this pass ({}, {}) went to ({}, {})",
                                   k + 1, in_width, out_width, in.rows(), in.cols(), out.rows(), out.cols()));
  }
}

template void check_pass(const Net<float>&, const ForwardPass<float>&);
template void check_pass(const Net<double>&, const ForwardPass<double>&);
template Matrix<float> layer_forward(const Layer<float>&, const Matrix<float>&, std::size_t);
template Matrix<double> layer_forward(const Layer<double>&, const Matrix<double>&, std::size_t);
template Matrix<float> activation_backward(const Layer<float>&, const Matrix<float>&, const Matrix<float>&,
                                           const Matrix<float>&);
template Matrix<double> activation_backward(const Layer<double>&, const Matrix<double>&, const Matrix<double>&,
                                            const Matrix<double>&);

}  // namespace detail

template <class T>
void check_gradient_shapes(const Net<T>& net, const Gradients<T>& gradients) {
  const std::size_t count = net.layers.size();
  if (gradients.dW.size() != count || gradients.db.size() != count)
    throw ShapeError(fmt::format("gradients of {} dW and {} db do not belong to a net of {} layers",
                                 gradients.dW.size(), gradients.db.size(), count));
  for (std::size_t k = 0; k < count; ++k)
    if (const auto* linear = std::get_if<Linear<T>>(&net.layers[k])) {
      const Matrix<T>& dW = gradients.dW[k];
      const std::size_t db = gradients.db[k].size();
      if (dW.rows() != linear->out() || dW.cols() != linear->in() || db != linear->b.size())
        throw ShapeError(
            fmt::format("layer {} has W ({}, {}) and b ({}), but its gradients are dW ({}, {}) and db ({})", k + 1,
                        linear->out(), linear->in(), linear->b.size(), dW.rows(), dW.cols(), db));
    }
}

template void check_gradient_shapes(const Net<float>&, const Gradients<float>&);
template void check_gradient_shapes(const Net<double>&, const Gradients<double>&);
template ForwardPass<float> forward(const Net<float>&, Matrix<float>);
template ForwardPass<double> forward(const Net<double>&, Matrix<double>);

}  // namespace gradwalk
