#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <span>
#include <thread>

#include "engine/stack.hpp"
#include "engine/traces.hpp"
#include "gradwalk/nn/recording.hpp"
#include "gradwalk/nn/samples.hpp"

namespace gradwalk {

/// A ring of traces. The engine's first thread calls begin and end between steps; the sink's thread reads complete
/// traces, and what it reads is not written meanwhile.
template <class T>
class Recording<T>::Impl final : public engine::Traces<T> {
 public:
  Impl(const RecordingOptions& options, Sink sink);
  ~Impl();

  /// Before a run: buffers of the right size, and what a Record needs to know beside them. References stay valid until
  /// `detach`.
  void attach(const Net<T>& net, const engine::Stack& stack, const std::vector<engine::Layer<T>>& layers, Loss loss,
              const Samples<T>& samples, std::span<const std::size_t> order, std::size_t batch, std::size_t first_step,
              engine::Traces<T>& unrecorded, const kernels::KernelsOf<T>& kernels);
  /// After a run: waits for the sink, because the samples may go.
  void detach();

  const engine::Trace<T>* begin(std::size_t step, bool& kept) override;
  void end(std::size_t step, std::size_t first, std::size_t samples, double loss) override;

  std::vector<std::size_t> steps() const;
  std::size_t left_out() const;
  void finish();
  ForwardPass<T> pass(std::size_t step) const { return pass_of(held(step)); }
  Gradients<T> gradients(std::size_t step) const { return gradients_of(held(step)); }
  Record record(std::size_t step) const { return record_of(held(step)); }

 private:
  enum class State { free, filling, complete, read };
  struct Slot {
    std::vector<engine::Trace<T>> trace;
    State state = State::free;
    std::size_t step = 0;
    std::vector<std::size_t> rows;  // of the samples
    Matrix<T> x;                    // filled in when the samples go
    Targets<T> targets;
  };

  /// Complete, and perhaps with the sink at this moment.
  static bool is_held(const Slot& slot) { return slot.state == State::complete || slot.state == State::read; }
  const Slot& held(std::size_t step) const;
  Slot* slot_for_writing();
  /// Frees the oldest complete step when there is one too many.
  void keep_newest();
  void serve_sink();
  Samples<T> batch_of(const Slot& slot) const;
  ForwardPass<T> pass_of(const Slot& slot) const;
  Gradients<T> gradients_of(const Slot& slot) const;
  Record record_of(const Slot& slot) const;
  Net<T> net_of(const Slot& slot) const;
  Matrix<T> rows_of(const T* from, std::size_t stride, std::size_t rows, std::size_t columns) const;

  const RecordingOptions options_;
  const Sink sink_;
  engine::Memory memory_;
  std::deque<Slot> slots_;
  std::size_t batch_ = 0, first_step_ = 0;
  Net<T> net_;  // of the right shape; its numbers are nobody's
  engine::Stack stack_;
  Loss loss_{};
  std::span<const std::size_t> order_;
  const Samples<T>* samples_ = nullptr;
  engine::Traces<T>* unrecorded_ = nullptr;
  const kernels::KernelsOf<T>* kernels_ = nullptr;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t left_out_ = 0;
  bool ending_ = false;
  std::exception_ptr failure_;
  std::thread reader_;
};

}  // namespace gradwalk
