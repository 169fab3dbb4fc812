#include "gradwalk/nn/recording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "engine/ring.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/kernels.hpp"

namespace gradwalk {

template <class T>
Recording<T>::Impl::Impl(const RecordingOptions& options, Sink sink) : options_(options), sink_(std::move(sink)) {
  if (options.every == 0 || options.steps == 0)
    throw InputError(
        "a recording keeps at least one step, and counts from one recorded step to the next by at least one");
  if (sink_ && !options.weights) throw ShapeError("a recording without weights makes no Record for a sink");
  slots_.resize(options.steps + 1);  // the next step begins before the last one has ended
  if (sink_) reader_ = std::thread([this] { serve_sink(); });
}

template <class T>
Recording<T>::Impl::~Impl() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  if (reader_.joinable()) reader_.join();
}

template <class T>
void Recording<T>::Impl::attach(const Net<T>& net, const engine::Stack& stack,
                                const std::vector<engine::Layer<T>>& layers, Loss loss, const Samples<T>& samples,
                                std::span<const std::size_t> order, std::size_t batch, std::size_t first_step,
                                engine::Traces<T>& unrecorded, const kernels::KernelsOf<T>& kernels) {
  if (batch > batch_ || net.widths() != net_.widths()) {
    memory_ = engine::Memory();
    for (Slot& slot : slots_) {
      slot = Slot();
      slot.trace = engine::make_trace(memory_, layers, kernels.panel_width, batch,
                                      {.all = true, .dW = options_.dW, .weights = options_.weights});
    }
    batch_ = batch;
  }
  net_ = net;
  stack_ = stack;
  loss_ = loss;
  samples_ = &samples;
  order_ = order;
  first_step_ = first_step;
  unrecorded_ = &unrecorded;
  kernels_ = &kernels;
}

template <class T>
void Recording<T>::Impl::detach() {
  finish();
  for (Slot& slot : slots_)
    if (slot.state == State::complete && slot.x.empty()) {
      Samples<T> batch = batch_of(slot);
      slot.x = std::move(batch.x);
      slot.targets = std::move(batch.targets);
    }
  samples_ = nullptr;
}

template <class T>
auto Recording<T>::Impl::slot_for_writing() -> Slot* {
  Slot* oldest = nullptr;
  for (Slot& slot : slots_) {
    if (slot.state == State::free) return &slot;
    if (!sink_ && slot.state == State::complete && (!oldest || slot.step < oldest->step)) oldest = &slot;
  }
  return oldest;
}

template <class T>
void Recording<T>::Impl::keep_newest() {
  Slot* oldest = nullptr;
  std::size_t complete = 0;
  for (Slot& slot : slots_) {
    if (slot.state != State::complete) continue;
    ++complete;
    if (!oldest || slot.step < oldest->step) oldest = &slot;
  }
  if (complete > options_.steps) oldest->state = State::free;
}

template <class T>
const engine::Trace<T>* Recording<T>::Impl::begin(std::size_t step, bool& kept) {
  kept = false;
  if ((first_step_ + step) % options_.every != 0) return unrecorded_->begin(step, kept);
  const std::lock_guard lock(mutex_);
  Slot* const slot = slot_for_writing();
  if (!slot) {
    ++left_out_;
    return unrecorded_->begin(step, kept);
  }
  slot->state = State::filling;
  slot->step = first_step_ + step;
  kept = true;
  return slot->trace.data();
}

template <class T>
void Recording<T>::Impl::end(std::size_t step, std::size_t first, std::size_t samples, double) {
  {
    const std::lock_guard lock(mutex_);
    // `begin` of the next step has been already: two slots may be filling.
    const auto slot = std::find_if(slots_.begin(), slots_.end(), [&](const Slot& s) {
      return s.state == State::filling && s.step == first_step_ + step;
    });
    if (slot == slots_.end()) return;
    const auto from = order_.begin() + static_cast<std::ptrdiff_t>(first);
    slot->rows.assign(from, from + static_cast<std::ptrdiff_t>(samples));
    slot->x = {};
    slot->state = State::complete;
    if (!sink_) keep_newest();
  }
  changed_.notify_all();
}

template <class T>
void Recording<T>::Impl::serve_sink() {
  std::unique_lock lock(mutex_);
  while (true) {
    Slot* next = nullptr;
    for (Slot& slot : slots_)
      if (slot.state == State::complete && (!next || slot.step < next->step)) next = &slot;
    if (!next) {
      if (ending_) return;
      changed_.wait(lock);
      continue;
    }
    next->state = State::read;
    lock.unlock();
    try {
      if (!failure_) sink_(record_of(*next));
    } catch (...) {
      failure_ = std::current_exception();
    }
    lock.lock();
    next->state = State::free;
    changed_.notify_all();
  }
}

template <class T>
void Recording<T>::Impl::finish() {
  if (!sink_) return;
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] {
    return std::none_of(slots_.begin(), slots_.end(),
                        [](const Slot& s) { return s.state == State::complete || s.state == State::read; });
  });
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

template <class T>
std::vector<std::size_t> Recording<T>::Impl::steps() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::size_t> steps;
  for (const Slot& slot : slots_)
    if (is_held(slot)) steps.push_back(slot.step);
  std::sort(steps.begin(), steps.end());
  return steps;
}

template <class T>
std::size_t Recording<T>::Impl::left_out() const {
  const std::lock_guard lock(mutex_);
  return left_out_;
}

template <class T>
auto Recording<T>::Impl::held(std::size_t step) const -> const Slot& {
  const std::lock_guard lock(mutex_);
  for (const Slot& slot : slots_)
    if (is_held(slot) && slot.step == step) return slot;
  throw ShapeError(fmt::format("step {} is not held", step));
}

template <class T>
Samples<T> Recording<T>::Impl::batch_of(const Slot& slot) const {
  if (!slot.x.empty()) return {slot.x, slot.targets};
  return take(*samples_, std::span<const std::size_t>(slot.rows));
}

template <class T>
Matrix<T> Recording<T>::Impl::rows_of(const T* from, std::size_t stride, std::size_t rows, std::size_t columns) const {
  Matrix<T> matrix(rows, columns);
  for (std::size_t n = 0; n < rows; ++n) std::copy_n(from + n * stride, columns, matrix.row(n).data());
  return matrix;
}

template <class T>
ForwardPass<T> Recording<T>::Impl::pass_of(const Slot& slot) const {
  ForwardPass<T> pass{batch_of(slot).x, {}};
  std::size_t number = 0;  // of the linear layer, from 1
  bool activated = false;
  for (const Layer<T>& layer : net_.layers) {
    if (std::holds_alternative<Linear<T>>(layer))
      ++number, activated = false;
    else if (!std::holds_alternative<Identity>(layer))
      activated = true;
    const auto& trace = slot.trace[number - 1];
    pass.outputs.push_back(
        rows_of(activated ? trace.a : trace.z, trace.stride, slot.rows.size(), stack_.layers[number - 1].out));
  }
  return pass;
}

template <class T>
Gradients<T> Recording<T>::Impl::gradients_of(const Slot& slot) const {
  Gradients<T> gradients;
  gradients.dW.resize(net_.layers.size());
  gradients.db.resize(net_.layers.size());
  for (std::size_t l = 0; l < stack_.layers.size(); ++l) {
    const auto& layer = stack_.layers[l];
    const auto& trace = slot.trace[l];
    Matrix<T> dW(layer.out, layer.in);
    if (trace.dW) {
      kernels_->from_panels(trace.dW, layer.out, layer.in, dW.data());
    } else {
      const Matrix<T> dz = rows_of(trace.dz, trace.stride, slot.rows.size(), layer.out);
      const Matrix<T> input = l == 0
                                  ? batch_of(slot).x
                                  : rows_of(slot.trace[l - 1].a, slot.trace[l - 1].stride, slot.rows.size(), layer.in);
      kernels::linear_backward_dW(dz, input, dW);
    }
    gradients.dW[layer.index] = std::move(dW);
    gradients.db[layer.index].assign(trace.db, trace.db + layer.out);
  }
  return gradients;
}

template <class T>
Net<T> Recording<T>::Impl::net_of(const Slot& slot) const {
  if (!options_.weights) throw ShapeError("recorded without weights: there is no Record of a step");
  Net<T> net = net_;
  for (std::size_t l = 0; l < stack_.layers.size(); ++l) {
    const auto& layer = stack_.layers[l];
    auto& linear = std::get<Linear<T>>(net.layers[layer.index]);
    kernels_->from_panels(slot.trace[l].W, layer.out, layer.in, linear.W.data());
    linear.b.assign(slot.trace[l].b, slot.trace[l].b + layer.out);
  }
  return net;
}

template <class T>
Record Recording<T>::Impl::record_of(const Slot& slot) const {
  const Net<T> net = net_of(slot);
  Samples<T> batch = batch_of(slot);
  std::vector<std::size_t> rows = slot.rows;
  Record record;
  if (!options_.rows.empty()) {
    std::vector<std::size_t> some;
    for (const std::size_t n : options_.rows)
      if (n < rows.size()) some.push_back(n);  // the last batch of an epoch may be smaller
    if (some.empty()) some.push_back(0);
    batch = take(batch, std::span<const std::size_t>(some));
    for (std::size_t& n : some) n = rows[n];
    rows = some;
    record = record_step(net, std::move(batch.x), loss_, batch.targets);
  } else {
    const ForwardPass<T> pass = pass_of(slot);
    const Gradients<T> gradients = gradients_of(slot);
    Recorder recorder;
    recorder.begin(net, pass, loss_, batch.targets);
    std::size_t number = stack_.layers.size();
    bool activated = true;  // the gradient of a layer's output is da until its activation is behind
    for (std::size_t k = net.layers.size(); k-- > 0;) {
      const auto& trace = slot.trace[number - 1];
      const std::size_t out = stack_.layers[number - 1].out;
      const bool linear = std::holds_alternative<Linear<T>>(net.layers[k]);
      recorder.output_gradient(k, rows_of(activated && !linear ? trace.da : trace.dz, trace.stride, rows.size(), out));
      if (linear) {
        recorder.parameter_gradients(k, gradients.dW[k], gradients.db[k]);
        --number;
        activated = true;
      } else if (!std::holds_alternative<Identity>(net.layers[k])) {
        activated = false;
      }
    }
    const auto& first = slot.trace.front();
    Matrix<T> dx(rows.size(), stack_.layers.front().in);
    kernels::linear_backward_dx(rows_of(first.dz, first.stride, rows.size(), stack_.layers.front().out),
                                net.linear(0).W, dx);
    recorder.input_gradient(dx);
    record = recorder.take();
  }
  record.provenance.step = slot.step;
  record.provenance.rows = rows;
  return record;
}

template <class T>
Recording<T>::Recording(const RecordingOptions& options, Sink sink)
    : impl_(std::make_unique<Impl>(options, std::move(sink))) {}
template <class T>
Recording<T>::~Recording() = default;
template <class T>
std::vector<std::size_t> Recording<T>::steps() const {
  return impl_->steps();
}
template <class T>
std::size_t Recording<T>::left_out() const {
  return impl_->left_out();
}
template <class T>
void Recording<T>::finish() {
  impl_->finish();
}
template <class T>
ForwardPass<T> Recording<T>::pass(std::size_t step) const {
  return impl_->pass(step);
}
template <class T>
Gradients<T> Recording<T>::gradients(std::size_t step) const {
  return impl_->gradients(step);
}
template <class T>
Record Recording<T>::record(std::size_t step) const {
  return impl_->record(step);
}

template class Recording<float>;
template class Recording<double>;

}  // namespace gradwalk
