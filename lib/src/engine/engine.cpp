#include "gradwalk/nn/engine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#if defined(_OPENMP)
#include <omp.h>
#endif

#include "engine/memory.hpp"
#include "engine/plan.hpp"
#include "gradwalk/nn/error.hpp"

namespace gradwalk {

namespace {

using engine::Memory;
using engine::Plan;
using engine::Trace;

/// A net as the engine sees it: linear layer number k of it with the activation after it.
struct Shape {
  struct Layer {
    std::size_t index;  // in net.layers
    std::size_t in, out;
    kernels::Activation activation = kernels::Activation::identity;
    double slope = 0;
  };
  std::vector<Layer> layers;
  bool softmax = false;
};

template <class T>
std::optional<Shape> shape_of(const Net<T>& net) {
  Shape shape;
  bool may_activate = false;  // the layer before is linear
  for (std::size_t k = 0; k < net.layers.size(); ++k) {
    const auto& layer = net.layers[k];
    if (shape.softmax) return std::nullopt;
    if (const auto* linear = std::get_if<Linear<T>>(&layer)) {
      if (linear->in() == 0 || linear->out() == 0) return std::nullopt;
      if (!shape.layers.empty() && shape.layers.back().out != linear->in()) return std::nullopt;
      shape.layers.push_back({k, linear->in(), linear->out()});
      may_activate = true;
      continue;
    }
    if (std::holds_alternative<Identity>(layer)) continue;
    if (shape.layers.empty()) return std::nullopt;
    if (std::holds_alternative<Softmax>(layer)) {
      if (!may_activate) return std::nullopt;  // the engine has one of the two after the last layer
      shape.softmax = true;
      continue;
    }
    if (!may_activate) return std::nullopt;
    may_activate = false;
    auto& last = shape.layers.back();
    if (std::holds_alternative<Tanh>(layer)) last.activation = kernels::Activation::tanh;
    if (std::holds_alternative<Sigmoid>(layer)) last.activation = kernels::Activation::sigmoid;
    if (std::holds_alternative<ReLU>(layer)) last.activation = kernels::Activation::leaky_relu;
    if (const auto* leaky = std::get_if<LeakyReLU>(&layer)) {
      if (!(leaky->slope >= 0)) return std::nullopt;  // f′ would not be known from a alone
      last.activation = kernels::Activation::leaky_relu;
      last.slope = leaky->slope;
    }
  }
  if (shape.layers.empty()) return std::nullopt;
  return shape;
}

engine::Goal goal_of(Loss loss) {
  switch (loss) {
    case Loss::cross_entropy: return engine::Goal::cross_entropy;
    case Loss::softmax_cross_entropy: return engine::Goal::softmax_cross_entropy;
    case Loss::logistic: return engine::Goal::logistic;
    case Loss::squared: return engine::Goal::squared;
    case Loss::absolute: break;
  }
  return engine::Goal::absolute;
}

template <class T>
void check_fit(const Shape& shape, Loss loss, const Samples<T>& samples, std::span<const std::size_t> order) {
  const std::size_t in = shape.layers.front().in, out = shape.layers.back().out, N = samples.x.rows();
  if (samples.x.cols() != in)
    throw ShapeError(fmt::format("the net takes {} columns, but the samples are ({}, {})", in, N, samples.x.cols()));
  if (const auto past = std::find_if(order.begin(), order.end(), [N](std::size_t row) { return row >= N; }); past != order.end())
    throw ShapeError(fmt::format("row {} of {} samples", *past, N));
  // The rest is what the loss of any batch asks: one row of outputs for each sample, labels among the classes.
  check_targets(loss, N, out, samples.targets);
}

std::size_t threads_worth(const Shape& shape, std::size_t batch, std::size_t wanted) {
#if defined(_OPENMP)
  if (wanted > 0) return wanted;
  std::size_t work = 0;  // multiply-adds of a step
  for (const auto& layer : shape.layers) work += 3 * batch * layer.in * layer.out;
  // Below half a million for each, the waits cost more than the other threads bring.
  return std::clamp<std::size_t>(work / 500'000, 1, static_cast<std::size_t>(omp_get_max_threads()));
#else
  (void)shape, (void)batch, (void)wanted;
  return 1;
#endif
}

/// The buffers of one step that is not recorded: one set, used again and again.
template <class T>
class OneTrace final : public engine::Traces<T> {
 public:
  OneTrace(Memory& memory, const std::vector<engine::Layer<T>>& layers, std::size_t width, std::size_t batch) {
    for (const auto& layer : layers) {
      const std::size_t stride = engine::row_stride(layer.panels * width, sizeof(T));
      T *a = memory.take<T>(batch * stride), *dz = memory.take<T>(batch * stride);
      const T **a_rows = memory.take<const T*>(batch), **dz_rows = memory.take<const T*>(batch);
      for (std::size_t n = 0; n < batch; ++n) a_rows[n] = a + n * stride, dz_rows[n] = dz + n * stride;
      // The Jacobian of a softmax needs all of da for each dz; elsewhere one takes the place of the other.
      T* da = &layer == &layers.back() ? memory.take<T>(batch * stride) : dz;
      traces_.push_back({.stride = stride, .z = a, .a = a, .da = da, .dz = dz, .dW = nullptr, .db = nullptr, .W = nullptr,
                         .b = nullptr, .a_rows = a_rows, .dz_rows = dz_rows});
    }
  }
  const Trace<T>* begin(std::size_t, bool& kept) override {
    kept = false;
    return traces_.data();
  }
  void end(std::size_t step, std::size_t, std::size_t, double) override {
    if (after_step) after_step(step + 1);
  }
  std::function<void(std::size_t)> after_step;

 private:
  std::vector<Trace<T>> traces_;
};

}  // namespace

template <class T>
class Engine<T>::Impl {
 public:
  explicit Impl(Shape shape) : shape_(std::move(shape)) {
    for (const auto& layer : shape_.layers) {
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

  double run(Net<T>& net, Velocity<T>& velocity, Loss loss, const Samples<T>& samples, std::span<const std::size_t> order,
             const RunOptions& options) {
    if (order.empty()) return 0;
    make_room(std::min(options.batch, order.size()), threads_worth(shape_, options.batch, options.threads));
    if (data_ != samples.x.data()) {
      data_ = samples.x.data();
      engine::use_huge_pages(data_, samples.x.size() * sizeof(T));
    }
    if (options.momentum != 0) make_velocity(net, velocity);
    load(net, velocity, options.momentum != 0);
    trace_->after_step = options.after_step;
    Plan<T> plan{.layers = layers_.size(), .layer = layers_.data(), .softmax = shape_.softmax, .goal = goal_of(loss),
                 .learning_rate = static_cast<T>(options.learning_rate), .momentum = static_cast<T>(options.momentum),
                 .samples = order.size(), .batch = batch_, .x = samples.x.data(), .x_stride = samples.x.cols(),
                 .order = order.data(), .labels = samples.targets.labels.data(), .targets = samples.targets.values.data(),
                 .traces = trace_.get(), .sample_loss = sample_loss_, .loss_sum = 0,
                 .threads = threads_, .scratch = scratch_.data(), .x_rows = x_rows_.data()};
    kernels_.train(plan);
    store(net, velocity, options.momentum != 0);
    return plan.loss_sum / static_cast<double>(order.size());
  }

  const Shape& shape() const { return shape_; }

 private:
  std::size_t width() const { return kernels_.panel_width; }

  void make_room(std::size_t batch, std::size_t threads) {
    if (batch == batch_ && threads == threads_) return;
    buffers_ = Memory();
    batch_ = batch;
    threads_ = threads;
    trace_ = std::make_unique<OneTrace<T>>(buffers_, layers_, width(), batch);
    sample_loss_ = buffers_.take<double>(batch);
    std::size_t longest = 0;
    for (const auto& layer : layers_) longest = std::max(longest, layer.in);
    scratch_.clear();
    x_rows_.clear();
    for (std::size_t t = 0; t < threads; ++t) {
      scratch_.push_back(buffers_.take<T>((kernels::block_depth + longest) * width()));
      x_rows_.push_back(buffers_.take<const T*>(2 * batch));
    }
  }

  void make_velocity(const Net<T>& net, Velocity<T>& velocity) {
    velocity.W.resize(net.layers.size());
    velocity.b.resize(net.layers.size());
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      engine::Layer<T>& layer = layers_[l];
      velocity.W[shape_.layers[l].index].resize(layer.out * layer.in);
      velocity.b[shape_.layers[l].index].resize(layer.out);
      if (layer.velocity_W) continue;
      layer.velocity_W = weights_.take<T>(layer.panels * width() * layer.in);
      layer.velocity_b = weights_.take<T>(layer.panels * width());
    }
  }

  void load(const Net<T>& net, const Velocity<T>& velocity, bool with_velocity) {
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      const engine::Layer<T>& to = layers_[l];
      const std::size_t index = shape_.layers[l].index;
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
      const std::size_t index = shape_.layers[l].index;
      auto& to = std::get<Linear<T>>(net.layers[index]);
      kernels_.from_panels(from.W, from.out, from.in, to.W.data());
      std::copy_n(from.b, from.out, to.b.begin());
      if (!with_velocity) continue;
      kernels_.from_panels(from.velocity_W, from.out, from.in, velocity.W[index].data());
      std::copy_n(from.velocity_b, from.out, velocity.b[index].begin());
    }
  }

  const kernels::KernelsOf<T>& kernels_ = kernels::level().of<T>();
  Shape shape_;
  std::vector<engine::Layer<T>> layers_;
  Memory weights_, buffers_;
  std::size_t batch_ = 0, threads_ = 0;
  std::unique_ptr<OneTrace<T>> trace_;
  double* sample_loss_ = nullptr;
  const T* data_ = nullptr;  // whose pages have been seen to
  std::vector<T*> scratch_;
  std::vector<const T**> x_rows_;
};

template <class T>
bool Engine<T>::fits(const Net<T>& net) {
  return shape_of(net).has_value();
}

template <class T>
Engine<T>::Engine(const Net<T>& net) {
  auto shape = shape_of(net);
  if (!shape) throw ShapeError("the engine trains stacks of linear layers with an activation after each, and this net is not one");
  impl_ = std::make_unique<Impl>(std::move(*shape));
}

template <class T>
Engine<T>::~Engine() = default;
template <class T>
Engine<T>::Engine(Engine&&) noexcept = default;
template <class T>
Engine<T>& Engine<T>::operator=(Engine&&) noexcept = default;

template <class T>
double Engine<T>::run(Net<T>& net, Velocity<T>& velocity, Loss loss, const Samples<T>& samples,
                      std::span<const std::size_t> order, const RunOptions& options) {
  check_fit(impl_->shape(), loss, samples, order);
  return impl_->run(net, velocity, loss, samples, order, options);
}

template class Engine<float>;
template class Engine<double>;

}  // namespace gradwalk
