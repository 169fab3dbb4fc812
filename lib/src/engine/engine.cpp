#include "gradwalk/nn/engine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#if defined(_OPENMP)
#include <omp.h>
#endif

#include "engine/ring.hpp"
#include "engine/stack.hpp"
#include "engine/traces.hpp"
#include "gradwalk/nn/error.hpp"

namespace gradwalk {

namespace {

using engine::Memory;
using engine::Plan;
using engine::Stack;

engine::Goal goal_of(Loss loss) {
  switch (loss) {
    case Loss::cross_entropy:
      return engine::Goal::cross_entropy;
    case Loss::softmax_cross_entropy:
      return engine::Goal::softmax_cross_entropy;
    case Loss::logistic:
      return engine::Goal::logistic;
    case Loss::squared:
      return engine::Goal::squared;
    case Loss::absolute:
      break;
  }
  return engine::Goal::absolute;
}

std::string widths_of(const Stack& stack) {
  std::string widths = fmt::format("{}", stack.layers.front().in);
  for (const auto& layer : stack.layers) widths += fmt::format("-{}", layer.out);
  return widths;
}

template <class T>
void check_net(const Stack& stack, const Net<T>& net) {
  const auto other = engine::stack_of(net);
  if (other == stack) return;
  throw ShapeError(fmt::format("this engine has room for a net {}, and {}", widths_of(stack),
                               !other ? "this net is no stack of layers that it trains"
                               : widths_of(*other) == widths_of(stack)
                                   ? "the activations of this one are others"
                                   : fmt::format("this one is {}", widths_of(*other))));
}

void check_options(const RunOptions& options) {
  if (options.batch == 0) throw ShapeError("a batch of 0 rows");
  if (!std::isfinite(options.learning_rate) || !std::isfinite(options.momentum))
    throw ShapeError(fmt::format("a learning rate of {} and a momentum of {}: both must be finite numbers",
                                 options.learning_rate, options.momentum));
}

template <class T>
void check_fit(const Stack& stack, Loss loss, const Samples<T>& samples, std::span<const std::size_t> order) {
  const std::size_t in = stack.layers.front().in, out = stack.layers.back().out, N = samples.x.rows();
  if (samples.x.cols() != in)
    throw ShapeError(fmt::format("the net takes {} columns, but the samples are ({}, {})", in, N, samples.x.cols()));
  if (const auto past = std::find_if(order.begin(), order.end(), [N](std::size_t row) { return row >= N; });
      past != order.end())
    throw ShapeError(fmt::format("row {} of {} samples", *past, N));
  // The rest is what the loss of any batch asks: one row of outputs for each sample, labels among the classes.
  check_targets(loss, N, out, samples.targets);
}

std::size_t threads_worth(const Stack& stack, std::size_t batch, std::size_t wanted) {
#if defined(_OPENMP)
  if (wanted > 0) return wanted;
  std::size_t work = 0;  // multiply-adds of a step
  for (const auto& layer : stack.layers) work += 3 * batch * layer.in * layer.out;
  // Below half a million for each, the waits cost more than the other threads bring.
  return std::clamp<std::size_t>(work / 500'000, 1, static_cast<std::size_t>(omp_get_max_threads()));
#else
  (void)stack, (void)batch, (void)wanted;
  return 1;
#endif
}

}  // namespace

template <class T>
class Engine<T>::Impl {
 public:
  explicit Impl(Stack stack) : stack_(std::move(stack)) {
    for (const auto& layer : stack_.layers) {
      engine::Layer<T> to{};
      to.in = layer.in;
      to.out = layer.out;
      to.panels = (layer.out + width() - 1) / width();
      to.activation = layer.activation;
      to.slope = static_cast<T>(layer.slope);
      to.W = weights_.take<T>(to.panels * width() * to.in);
      to.b = weights_.take<T>(to.panels * width());
      layers_.push_back(to);
    }
  }

  double run(Net<T>& net, Velocity<T>& velocity, Loss loss, const Samples<T>& samples,
             std::span<const std::size_t> order, const RunOptions& options, Recording<T>* recording,
             std::size_t first_step) {
    if (order.empty()) return 0;
    make_room(std::min(options.batch, order.size()), threads_worth(stack_, options.batch, options.threads));
    if (data_ != samples.x.data()) {
      data_ = samples.x.data();
      engine::use_huge_pages(data_, samples.x.size() * sizeof(T));
    }
    if (options.momentum != 0) make_velocity(net, velocity);
    load(net, velocity, options.momentum != 0);
    engine::Traces<T>* traces = unrecorded_.get();
    if (recording) {
      recording->impl().attach(net, stack_, layers_, loss, samples, order, batch_, first_step, *unrecorded_, kernels_);
      traces = &recording->impl();
    }
    engine::Announced<T> announced(*traces, options.after_step);
    Plan<T> plan{.layers = layers_.size(),
                 .layer = layers_.data(),
                 .softmax = stack_.softmax,
                 .goal = goal_of(loss),
                 .learning_rate = static_cast<T>(options.learning_rate),
                 .momentum = static_cast<T>(options.momentum),
                 .samples = order.size(),
                 .batch = batch_,
                 .x = samples.x.data(),
                 .x_stride = samples.x.cols(),
                 .order = order.data(),
                 .labels = samples.targets.labels.data(),
                 .targets = samples.targets.values.data(),
                 .traces = &announced,
                 .sample_loss = sample_loss_,
                 .loss_sum = 0,
                 .threads = threads_,
                 .scratch = scratch_.data(),
                 .packed = packed_.data(),
                 .x_rows = x_rows_.data()};
    kernels_.train(plan);
    store(net, velocity, options.momentum != 0);
    if (recording) recording->impl().detach();
    return plan.loss_sum / static_cast<double>(order.size());
  }

  const Stack& stack() const { return stack_; }

 private:
  std::size_t width() const { return kernels_.panel_width; }

  void make_room(std::size_t batch, std::size_t threads) {
    if (batch == batch_ && threads == threads_) return;
    buffers_ = Memory();
    batch_ = batch;
    threads_ = threads;
    unrecorded_ = std::make_unique<engine::Unrecorded<T>>(buffers_, layers_, width(), batch);
    sample_loss_ = buffers_.take<double>(batch);
    std::size_t longest = 0;
    for (const auto& layer : layers_) longest = std::max(longest, layer.in);
    scratch_.clear();
    packed_.clear();
    x_rows_.clear();
    for (std::size_t t = 0; t < threads; ++t) {
      scratch_.push_back(buffers_.take<T>((kernels::block_depth + longest) * width()));
      packed_.push_back(buffers_.take<T>(engine::packed_size<T>(batch)));
      x_rows_.push_back(buffers_.take<const T*>(2 * batch));
    }
  }

  void make_velocity(const Net<T>& net, Velocity<T>& velocity) {
    velocity.W.resize(net.layers.size());
    velocity.b.resize(net.layers.size());
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      engine::Layer<T>& layer = layers_[l];
      velocity.W[stack_.layers[l].index].resize(layer.out * layer.in);
      velocity.b[stack_.layers[l].index].resize(layer.out);
      if (layer.velocity_W) continue;
      layer.velocity_W = weights_.take<T>(layer.panels * width() * layer.in);
      layer.velocity_b = weights_.take<T>(layer.panels * width());
    }
  }

  void load(const Net<T>& net, const Velocity<T>& velocity, bool with_velocity) {
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      const engine::Layer<T>& to = layers_[l];
      const std::size_t index = stack_.layers[l].index;
      const auto& from = std::get<Linear<T>>(net.layers[index]);
      kernels_.to_panels(from.W.data(), to.out, to.in, to.W);
      std::copy(from.b.begin(), from.b.end(), to.b);
      if (!with_velocity) continue;
      kernels_.to_panels(velocity.W[index].data(), to.out, to.in, to.velocity_W);
      std::copy(velocity.b[index].begin(), velocity.b[index].end(), to.velocity_b);
    }
  }

  void store(Net<T>& net, Velocity<T>& velocity, bool with_velocity) const {
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      const engine::Layer<T>& from = layers_[l];
      const std::size_t index = stack_.layers[l].index;
      auto& to = std::get<Linear<T>>(net.layers[index]);
      kernels_.from_panels(from.W, from.out, from.in, to.W.data());
      std::copy_n(from.b, from.out, to.b.begin());
      if (!with_velocity) continue;
      kernels_.from_panels(from.velocity_W, from.out, from.in, velocity.W[index].data());
      std::copy_n(from.velocity_b, from.out, velocity.b[index].begin());
    }
  }

  const kernels::KernelsOf<T>& kernels_ = kernels::level().of<T>();
  Stack stack_;
  std::vector<engine::Layer<T>> layers_;
  Memory weights_, buffers_;
  std::size_t batch_ = 0, threads_ = 0;
  std::unique_ptr<engine::Unrecorded<T>> unrecorded_;
  double* sample_loss_ = nullptr;
  const T* data_ = nullptr;  // whose pages have been seen to
  std::vector<T*> scratch_, packed_;
  std::vector<const T**> x_rows_;
};

template <class T>
bool Engine<T>::fits(const Net<T>& net) {
  return engine::stack_of(net).has_value();
}

template <class T>
Engine<T>::Engine(const Net<T>& net) {
  auto stack = engine::stack_of(net);
  if (!stack)
    throw ShapeError(
        "the engine trains stacks of linear layers with an activation after each, and this net is not one");
  impl_ = std::make_unique<Impl>(std::move(*stack));
}

template <class T>
Engine<T>::~Engine() = default;
template <class T>
Engine<T>::Engine(Engine&&) noexcept = default;
template <class T>
Engine<T>& Engine<T>::operator=(Engine&&) noexcept = default;

template <class T>
double Engine<T>::run(Net<T>& net, Velocity<T>& velocity, Loss loss, const Samples<T>& samples,
                      std::span<const std::size_t> order, const RunOptions& options, Recording<T>* recording,
                      std::size_t first_step) {
  check_net(impl_->stack(), net);
  check_options(options);
  check_fit(impl_->stack(), loss, samples, order);
  return impl_->run(net, velocity, loss, samples, order, options, recording, first_step);
}

template class Engine<float>;
template class Engine<double>;

}  // namespace gradwalk
