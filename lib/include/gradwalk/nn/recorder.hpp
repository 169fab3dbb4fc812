#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gradwalk/nn/losses.hpp"
#include "gradwalk/nn/record.hpp"

namespace gradwalk {

template <class T>
struct Net;
template <class T>
struct ForwardPass;

/// Records nothing; every call compiles away. Its functions are what `backward` asks of a recorder, in this order:
/// begin, then for each layer from the last to the first output_gradient and, of a linear one, parameter_gradients;
/// then input_gradient. Throws nothing.
struct NullRecorder {
  template <class... Arguments>
  void begin(const Arguments&...) {}
  template <class T>
  void output_gradient(std::size_t, const Matrix<T>&) {}
  template <class T>
  void parameter_gradients(std::size_t, const Matrix<T>&, const std::vector<T>&) {}
  template <class T>
  void input_gradient(const Matrix<T>&) {}
};

/// Turns one backward pass into a Record. Tensors are named as the lesson does: x, then for linear layer number k its
/// Wk, bk and zk, the activation after it ak, a final softmax p, the loss L, the targets y.
///
/// Numbers are copied as they are, floats as the doubles of the same value. That shapes and layer numbers are those of
/// the net of `begin` is not checked: `backward` has.
class Recorder {
 public:
  /// All tensors with their values, all ops; the gradient of L, the seed 1, is computed, the others are pending. Throws
  /// ShapeError when outputs and targets do not fit.
  template <class T>
  void begin(const Net<T>& net, const ForwardPass<T>& pass, Loss loss, const Targets<T>& targets);
  /// ∂L/∂(output of layer number `layer`, 0 first), (N, its width).
  template <class T>
  void output_gradient(std::size_t layer, const Matrix<T>& gradient);
  /// dW (out, in) and db (out) of the linear layer number `layer` among all layers.
  template <class T>
  void parameter_gradients(std::size_t layer, const Matrix<T>& dW, const std::vector<T>& db);
  /// dx (N, in)
  template <class T>
  void input_gradient(const Matrix<T>& dx);

  /// The finished record; the recorder is empty afterwards. Throws nothing.
  Record take() { return std::exchange(record_, Record{}); }

 private:
  struct LayerTensors {
    TensorId output = 0;
    std::optional<TensorId> W, b;
  };
  Record record_;
  std::vector<LayerTensors> layers_;
  TensorId x_ = 0;
};

/// forward, backward and the Record of both, in one call. `x` (N, in). Throws as these two do.
template <class T>
Record record_step(const Net<T>& net, Matrix<T> x, Loss loss, const Targets<T>& targets);

}  // namespace gradwalk
