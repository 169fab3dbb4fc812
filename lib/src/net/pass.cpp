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

template Matrix<float> layer_forward(const Layer<float>&, const Matrix<float>&, std::size_t);
template Matrix<double> layer_forward(const Layer<double>&, const Matrix<double>&, std::size_t);
template Matrix<float> activation_backward(const Layer<float>&, const Matrix<float>&, const Matrix<float>&,
                                           const Matrix<float>&);
template Matrix<double> activation_backward(const Layer<double>&, const Matrix<double>&, const Matrix<double>&,
                                            const Matrix<double>&);

}  // namespace detail

template ForwardPass<float> forward(const Net<float>&, Matrix<float>);
template ForwardPass<double> forward(const Net<double>&, Matrix<double>);

}  // namespace gradwalk
