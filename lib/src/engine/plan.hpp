#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/levels.hpp"

// What the engine's inner loop works on: plain numbers and pointers, laid out by engine.cpp, so that the code that is
// compiled once for each level of the instruction set needs nothing of the standard library.

namespace gradwalk::engine {

enum class Goal { cross_entropy, softmax_cross_entropy, logistic, squared, absolute };

/// One linear layer and the activation after it. `W` and what has its shape lie in panels: panel p holds the outputs
/// p·width … (p + 1)·width − 1, input after input, so that the forward product streams through it. Outputs that do not
/// exist are zeros.
template <class T>
struct Layer {
  std::size_t in, out, panels;
  kernels::Activation activation;
  T slope;
  T *W, *b;                    // b has panels · width numbers
  T *velocity_W, *velocity_b;  // null without momentum
};

/// What one step computes in one layer. Rows are samples, `stride` numbers apart.
template <class T>
struct Trace {
  std::size_t stride;
  T *z, *a, *da, *dz;  // without recording z and a are one buffer, and so are da and dz of hidden layers
  T *dW, *db;          // null without recording
  T *W, *b;            // the weights before the update, for a reader of the recording; null otherwise
  const T **a_rows, **dz_rows;
};

/// Where the steps leave what they compute. Called by one thread, between steps.
template <class T>
struct Traces {
  /// The buffers of all layers for step number `step`, and whether everything of it is to be kept.
  virtual const Trace<T>* begin(std::size_t step, bool& kept) = 0;
  /// The step is complete: `samples` rows from `first` of the order, with this mean loss.
  virtual void end(std::size_t step, std::size_t first, std::size_t samples, double loss) = 0;

 protected:
  ~Traces() = default;
};

/// Most of what Step::update packs at a time: as many columns as stay in the cache, rounded up to whole tiles.
template <class T>
constexpr std::size_t packed_size(std::size_t batch) {
  return kernels::cached_bytes / sizeof(T) + 10 * batch;
}

/// An epoch: nets, data, buffers.
template <class T>
struct Plan {
  std::size_t layers;
  const Layer<T>* layer;
  bool softmax;  // after the last layer
  Goal goal;
  T learning_rate, momentum;

  std::size_t samples, batch;  // the last batch may be smaller
  const T* x;
  std::size_t x_stride;
  const std::size_t* order;  // row of x and of the targets for each sample; null: 0, 1, 2, …
  const int* labels;
  const T* targets;  // rows of `out` of the last layer, for squared and absolute

  Traces<T>* traces;
  double* sample_loss;  // `batch` numbers
  double loss_sum;      // over all samples; the result

  std::size_t threads;
  T* const* scratch;        // of each thread: block_depth · width, then the largest `in` · width
  T* const* packed;         // of each thread: packed_size(batch), for columns of activations
  const T** const* x_rows;  // of each thread: 2 · batch
};

}  // namespace gradwalk::engine
