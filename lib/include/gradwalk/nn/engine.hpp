#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "gradwalk/nn/net.hpp"
#include "gradwalk/nn/samples.hpp"

namespace gradwalk {

/// v of momentum for the W and b of every layer of a net (by layer index), row by row: empty until the first step with
/// momentum.
template <class T>
struct Velocity {
  std::vector<std::vector<T>> W, b;
};

/// How one run of the engine goes. v ← μ·v + dW, W ← W − η·v, as in TrainingOptions (train.hpp).
struct RunOptions {
  std::size_t batch = 64;       // rows of a step; the last step of a run may have fewer
  double learning_rate = 0.01;  // η
  double momentum = 0;          // μ
  /// 0: as many as OpenMP would take and the net is worth. The result is the same for every number.
  std::size_t threads = 0;
  /// Called after each step, of which `steps` have been done; must not throw.
  std::function<void(std::size_t steps)> after_step = {};
};

template <class T>
class Recording;

/// Trains multilayer perceptrons as `forward`, `backward` and Descent::apply do, and to the same bits, at nine tenths
/// of what the machine's multipliers can do: all steps in one parallel region, activations applied and weights updated
/// while their tiles are in registers or in the first cache, buffers allocated once. src/engine/step.hpp has the step,
/// src/kernels/tile.hpp the product.
///
/// It fits nets of the form Linear – activation – Linear – … – Linear, the activations being elementwise or absent,
/// with a Softmax at the end or not, and every loss. Other nets take the plain passes.
template <class T>
class Engine {
 public:
  /// Whether a net is of this form. Throws nothing.
  static bool fits(const Net<T>& net);

  /// Room for nets of this one's shape. Throws ShapeError when it does not fit.
  explicit Engine(const Net<T>& net);
  ~Engine();
  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;

  /// One step for every `batch` of the rows `order` of `samples`, in this order. Returns the mean over all of them of
  /// the loss that each sample had in its step. `recording`, when there is one, keeps steps; the first is number
  /// `first_step` to it. Throws ShapeError when the net has not the form that the engine was made for, when net,
  /// samples and loss do not fit together, for a batch of 0 and for a learning rate or momentum that is not finite.
  double run(Net<T>& net, Velocity<T>& velocity, Loss loss, const Samples<T>& samples,
             std::span<const std::size_t> order, const RunOptions& options, Recording<T>* recording = nullptr,
             std::size_t first_step = 0);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace gradwalk
