#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/levels.hpp"

// What the engine's inner loop works on: plain numbers and pointers, laid out by engine.cpp, so that the code that is
// compiled once for each level of the instruction set needs nothing of the standard library. Shapes: N rows of a batch;
// `in` and `out` of a layer; P = `width` of a panel; ⌈out⌉ = panels · P, out rounded up to whole panels.

namespace gradwalk::engine {

enum class Goal { cross_entropy, softmax_cross_entropy, logistic, squared, absolute };

/// One linear layer and the activation after it. `W` and what has its shape lie in panels: panel p holds the outputs
/// p·width … (p + 1)·width − 1, input after input, so that the forward product streams through it: W is
/// (panels, in, P), and element (p, i, j) is W[p·P + j, i] of the net. Outputs that do not exist are zeros.
template <class T>
struct Layer {
  std::size_t in, out, panels;
  kernels::Activation activation;
  T slope;                     // of leaky_relu; 0 for ReLU
  T *W, *b;                    // W (panels, in, P), b (⌈out⌉)
  T *velocity_W, *velocity_b;  // v of momentum, of the same shapes; null without momentum
};

/// What one step computes in one layer. Rows are samples, `stride` numbers apart.
template <class T>
struct Trace {
  std::size_t stride;
  T *z, *a, *da, *dz;  // (N, ⌈out⌉); without recording z and a are one buffer, and so are da and dz of hidden layers
  T *dW, *db;          // dW (panels, in, P), db (⌈out⌉); null without recording
  T *W, *b;            // as dW and db: the weights before the update, for a reader of the recording; null otherwise
  const T **a_rows, **dz_rows;  // (N): where each row of a and of dz begins
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
  const T* x;                  // (rows of the data set, in of the first layer)
  std::size_t x_stride;
  const std::size_t* order;  // (samples): row of x and of the targets for each sample; null: 0, 1, 2, …
  const int* labels;         // (rows of the data set), for cross_entropy, softmax_cross_entropy and logistic
  const T* targets;          // (rows of the data set, out of the last layer), for squared and absolute

  Traces<T>* traces;
  double* sample_loss;  // (batch)
  double loss_sum;      // over all samples; the result

  std::size_t threads;
  T* const* scratch;        // of each thread: block_depth · width, then the largest `in` · width
  T* const* packed;         // of each thread: packed_size(batch), for columns of activations
  const T** const* x_rows;  // of each thread: 2 · batch
};

}  // namespace gradwalk::engine
