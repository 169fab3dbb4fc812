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

/// Records nothing; every call compiles away.
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
class Recorder {
 public:
  template <class T>
  void begin(const Net<T>& net, const ForwardPass<T>& pass, Loss loss, const Targets<T>& targets);
  template <class T>
  void output_gradient(std::size_t layer, const Matrix<T>& gradient);
  template <class T>
  void parameter_gradients(std::size_t layer, const Matrix<T>& dW, const std::vector<T>& db);
  template <class T>
  void input_gradient(const Matrix<T>& dx);

  /// The finished record; the recorder is empty afterwards.
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

/// forward, backward and the Record of both, in one call. `x` (N, in).
template <class T>
Record record_step(const Net<T>& net, Matrix<T> x, Loss loss, const Targets<T>& targets);

}  // namespace gradwalk
