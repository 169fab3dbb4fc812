#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "gradwalk/nn/pass.hpp"
#include "gradwalk/nn/record.hpp"

namespace gradwalk {

struct RecordingOptions {
  std::size_t every = 1;               // steps 0, every, 2·every …
  std::size_t steps = 4;               // as many are held, the newest; there is memory for one more, being written
  bool weights = true;                 // W and b as they were before the step: without them there is no Record
  bool dW = true;                      // false: dW is computed from its two factors when it is asked for
  std::vector<std::size_t> rows = {};  // the Record is of these rows of the batch, as if they were all; empty: of all
};

/// Keeps what the engine computes: z, a, da, dz, dW and db of all layers, for the last few of the steps that it is
/// asked to record. The kernels write straight into memory that was laid out before, so training goes on at nearly its
/// speed, and memory stays what it was at the start however long it takes.
///
/// With a `sink`, another thread turns each recorded step into a Record and hands it over, in order; a step for which
/// no room is free because the sink has not kept up is left out as a whole, and counted.
template <class T>
class Recording {
 public:
  using Sink = std::function<void(const Record&)>;

  /// Throws InputError for `every` or `steps` of 0, ShapeError for a sink without weights. Memory is taken when a run
  /// begins: (steps + 1) times all activations, their gradients and, as the options say, W and dW.
  explicit Recording(const RecordingOptions& options, Sink sink = {});
  /// Waits for the sink. What it threw since `finish` is lost.
  ~Recording();

  /// The numbers of the complete steps that are held, oldest first. From any thread.
  std::vector<std::size_t> steps() const;
  /// How many steps the sink was too slow for. From any thread.
  std::size_t left_out() const;
  /// Waits until the sink has had all that is complete. Throws what the sink threw.
  void finish();

  // Of a step that is held; ShapeError when it is not. While a training runs they are for the sink's thread alone.

  /// x (N, in) and every layer's output (N, its width).
  ForwardPass<T> pass(std::size_t step) const;
  /// dW (out, in) and db (out) by layer, dx empty.
  Gradients<T> gradients(std::size_t step) const;
  /// The Record, as record_step would have made it: to the bit. Throws ShapeError also when weights were not recorded.
  Record record(std::size_t step) const;

  class Impl;
  Impl& impl() { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace gradwalk
