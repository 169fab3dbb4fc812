#pragma once

#include <functional>
#include <vector>

#include "engine/memory.hpp"
#include "engine/plan.hpp"

namespace gradwalk::engine {

/// What a trace has room for.
struct Kept {
  bool all = false;  // z beside a, da beside dz, and db
  bool dW = false, weights = false;
};

/// The buffers of one step. `width` is that of a panel.
template <class T>
std::vector<Trace<T>> make_trace(Memory& memory, const std::vector<Layer<T>>& layers, std::size_t width,
                                 std::size_t batch, Kept kept) {
  std::vector<Trace<T>> traces;
  for (const Layer<T>& layer : layers) {
    const std::size_t columns = layer.panels * width;
    Trace<T> to{};
    to.stride = row_stride(columns, sizeof(T));
    to.a = memory.take<T>(batch * to.stride);
    to.dz = memory.take<T>(batch * to.stride);
    to.z = kept.all ? memory.take<T>(batch * to.stride) : to.a;
    // The Jacobian of a softmax needs all of da for each dz; in hidden layers one can take the place of the other.
    to.da = kept.all || &layer == &layers.back() ? memory.take<T>(batch * to.stride) : to.dz;
    if (kept.all) to.db = memory.take<T>(columns);
    if (kept.dW) to.dW = memory.take<T>(columns * layer.in);
    if (kept.weights) {
      to.W = memory.take<T>(columns * layer.in);
      to.b = memory.take<T>(columns);
    }
    to.a_rows = memory.take<const T*>(batch);
    to.dz_rows = memory.take<const T*>(batch);
    for (std::size_t n = 0; n < batch; ++n) {
      to.a_rows[n] = to.a + n * to.stride;
      to.dz_rows[n] = to.dz + n * to.stride;
    }
    traces.push_back(to);
  }
  return traces;
}

/// Where the steps go that nobody records: one set of buffers, used again and again.
template <class T>
class Unrecorded final : public Traces<T> {
 public:
  Unrecorded(Memory& memory, const std::vector<Layer<T>>& layers, std::size_t width, std::size_t batch)
      : trace_(make_trace(memory, layers, width, batch, {})) {}

  const Trace<T>* begin(std::size_t, bool& kept) override {
    kept = false;
    return trace_.data();
  }
  void end(std::size_t, std::size_t, std::size_t, double) override {}

 private:
  std::vector<Trace<T>> trace_;
};

/// Tells `after_step` of the end of each step, and leaves the rest to others.
template <class T>
class Announced final : public Traces<T> {
 public:
  Announced(Traces<T>& traces, const std::function<void(std::size_t)>& after_step)
      : traces_(traces), after_step_(after_step) {}

  const Trace<T>* begin(std::size_t step, bool& kept) override { return traces_.begin(step, kept); }
  void end(std::size_t step, std::size_t first, std::size_t samples, double loss) override {
    traces_.end(step, first, samples, loss);
    if (after_step_) after_step_(step + 1);
  }

 private:
  Traces<T>& traces_;
  const std::function<void(std::size_t)>& after_step_;
};

}  // namespace gradwalk::engine
