#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <variant>

#include "gradwalk/nn/kernels.hpp"
#include "gradwalk/nn/pass.hpp"

namespace gradwalk {

namespace detail {

/// The output (N, out) of one layer for the input `in` (N, its width). Throws ShapeError, which calls the layer
/// `number`, when W, b and `in` do not fit.
template <class T>
Matrix<T> layer_forward(const Layer<T>& layer, const Matrix<T>& in, std::size_t number);

/// dz of a layer without parameters from its input z, its output a and da, all (N, H). Throws ShapeError when they are
/// not of one shape; of an Identity this is not checked.
template <class T>
Matrix<T> activation_backward(const Layer<T>& layer, const Matrix<T>& z, const Matrix<T>& a, const Matrix<T>& da);

/// Throws ShapeError when `pass` is not of a net with these layers.
template <class T>
void check_pass(const Net<T>& net, const ForwardPass<T>& pass);

}  // namespace detail

template <class T, class Recorder>
Gradients<T> backward(const Net<T>& net, const ForwardPass<T>& pass, Loss loss, const Targets<T>& targets,
                      Recorder&& recorder) {
  detail::check_pass(net, pass);
  const std::size_t count = net.layers.size();
  Gradients<T> gradients;
  gradients.dW.resize(count);
  gradients.db.resize(count);

  recorder.begin(net, pass, loss, targets);
  Matrix<T> upstream = loss_gradient(loss, pass.output(), targets);  // (N, out of the last layer)
  for (std::size_t k = count; k-- > 0;) {
    recorder.output_gradient(k, upstream);
    const Matrix<T>& input = pass.input_of(k);
    if (const auto* linear = std::get_if<Linear<T>>(&net.layers[k])) {
      const Matrix<T>& dz = upstream;                     // (N, out)
      Matrix<T> dW(linear->out(), linear->in());          // (out, in)
      std::vector<T> db(linear->out());                   // (out)
      Matrix<T> dx(input.rows(), linear->in());           // (N, in)
      kernels::linear_backward_dW(dz, input, dW);         // z = x·Wᵀ + b:  dW = dzᵀ·x
      kernels::linear_backward_db(dz, std::span<T>(db));  //                db = Σ_n dz
      kernels::linear_backward_dx(dz, linear->W, dx);     //                dx = dz·W
      recorder.parameter_gradients(k, dW, db);
      gradients.dW[k] = std::move(dW);
      gradients.db[k] = std::move(db);
      upstream = std::move(dx);
    } else {
      upstream = detail::activation_backward(net.layers[k], input, pass.outputs[k], upstream);
    }
  }
  recorder.input_gradient(upstream);
  gradients.dx = std::move(upstream);
  return gradients;
}

}  // namespace gradwalk
