#pragma once

#include <vector>

#include "gradwalk/nn/net.hpp"
#include "gradwalk/nn/recorder.hpp"

namespace gradwalk {

/// What a forward pass computes: x (N, in) and the output of every layer, in order.
template <class T>
struct ForwardPass {
  Matrix<T> x;
  std::vector<Matrix<T>> outputs;

  const Matrix<T>& input_of(std::size_t layer) const { return layer == 0 ? x : outputs[layer - 1]; }
  const Matrix<T>& output() const { return outputs.empty() ? x : outputs.back(); }
};

/// ∂L/∂W and ∂L/∂b of every linear layer (by layer index; empty for the other layers), and ∂L/∂x.
template <class T>
struct Gradients {
  std::vector<Matrix<T>> dW;
  std::vector<std::vector<T>> db;
  Matrix<T> dx;
};

/// Throws ShapeError, naming the layer and both shapes, when dW and db are not those of this net's layers.
template <class T>
void check_gradient_shapes(const Net<T>& net, const Gradients<T>& gradients);

/// Runs x (N, in) through the net. Throws ShapeError when a width does not fit, naming the layer and both shapes.
template <class T>
ForwardPass<T> forward(const Net<T>& net, Matrix<T> x);

/// The output of the last layer alone.
template <class T>
Matrix<T> predict(const Net<T>& net, const Matrix<T>& x) {
  return forward(net, x).output();
}

/// Goes back from the loss of `pass.output()` to every parameter and to x. The recorder sees every gradient as it is
/// computed; NullRecorder, the default, costs nothing. Throws ShapeError when the targets do not fit.
template <class T, class Recorder = NullRecorder>
Gradients<T> backward(const Net<T>& net, const ForwardPass<T>& pass, Loss loss, const Targets<T>& targets,
                      Recorder&& recorder = Recorder{});

}  // namespace gradwalk

#include "gradwalk/nn/detail/backward.hpp"
