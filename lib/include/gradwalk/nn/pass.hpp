#pragma once

#include <vector>

#include "gradwalk/nn/net.hpp"
#include "gradwalk/nn/recorder.hpp"

namespace gradwalk {

/// What a forward pass computes: x (N, in) and the output of every layer, in order, each (N, its width).
template <class T>
struct ForwardPass {
  Matrix<T> x;
  std::vector<Matrix<T>> outputs;

  /// What layer number `layer` (0 first) took. layer ≤ outputs.size() is not checked.
  const Matrix<T>& input_of(std::size_t layer) const { return layer == 0 ? x : outputs[layer - 1]; }
  /// Of the last layer; x when there is none.
  const Matrix<T>& output() const { return outputs.empty() ? x : outputs.back(); }
};

/// ∂L/∂W and ∂L/∂b of every linear layer (by layer index; empty for the other layers), and ∂L/∂x, each of the shape of
/// what it is the gradient of.
template <class T>
struct Gradients {
  std::vector<Matrix<T>> dW;       // (out, in)
  std::vector<std::vector<T>> db;  // (out)
  Matrix<T> dx;                    // (N, in)
};

/// Throws ShapeError, naming the layer and both shapes, when dW and db are not those of this net's layers.
template <class T>
void check_gradient_shapes(const Net<T>& net, const Gradients<T>& gradients);

/// Runs x (N, in) through the net. Throws ShapeError when a width, or a b, does not fit, naming the layer and both
/// shapes. N may be 0.
template <class T>
ForwardPass<T> forward(const Net<T>& net, Matrix<T> x);

/// The output (N, out) of the last layer alone. Throws as forward does.
template <class T>
Matrix<T> predict(const Net<T>& net, const Matrix<T>& x) {
  return forward(net, x).output();
}

/// Goes back from the loss of `pass.output()` to every parameter and to x: reverse-mode differentiation, each layer's
/// upstream gradient times its local derivatives (Rumelhart, Hinton, Williams: Learning representations by
/// back-propagating errors, Nature 323, 1986; Goodfellow, Bengio, Courville: Deep Learning, 2016, section 6.5; Bishop:
/// Pattern Recognition and Machine Learning, 2006, section 5.3). The recorder sees every gradient as it is computed;
/// NullRecorder, the default, costs nothing. Throws ShapeError when the targets do not fit, or the pass is not one
/// through layers of these shapes; that the weights are still those of the pass cannot be checked.
template <class T, class Recorder = NullRecorder>
Gradients<T> backward(const Net<T>& net, const ForwardPass<T>& pass, Loss loss, const Targets<T>& targets,
                      Recorder&& recorder = Recorder{});

}  // namespace gradwalk

#include "gradwalk/nn/detail/backward.hpp"
