#include "gradwalk/nn/train.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <limits>
#include <numeric>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/random.hpp"

namespace gradwalk {

namespace {

/// v ← μ·v + d;  w ← w − η·v
template <class T>
void descend(std::vector<T>& w, const std::vector<T>& d, T learning_rate, T momentum, std::vector<T>& v) {
  if (momentum == T{0}) {
    for (std::size_t i = 0; i < w.size(); ++i) w[i] -= learning_rate * d[i];
    return;
  }
  v.resize(w.size());
  for (std::size_t i = 0; i < w.size(); ++i) {
    v[i] = momentum * v[i] + d[i];
    w[i] -= learning_rate * v[i];
  }
}

double norm(const auto& values) {
  double sum = 0;
  for (auto value : values) sum += static_cast<double>(value) * static_cast<double>(value);
  return std::sqrt(sum);
}

template <class T>
EpochReport report_on(const Net<T>& net, Loss loss, const Samples<T>& train_set, const Samples<T>* test_set,
                      const TrainingOptions& options, std::size_t epoch) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  EpochReport report;
  report.epoch = epoch;
  report.train = evaluate(net, loss, train_set);
  report.test = test_set && test_set->x.rows() > 0 ? evaluate(net, loss, *test_set) : Score{none, none};
  std::vector<std::size_t> first(std::min(options.batch, train_set.x.rows()));
  std::iota(first.begin(), first.end(), 0);
  const Samples<T> batch = take(train_set, first);
  const Gradients<T> gradients = backward(net, forward(net, batch.x), loss, batch.targets);
  for (std::size_t k = 0; k < net.layers.size(); ++k)
    if (const auto* linear = std::get_if<Linear<T>>(&net.layers[k])) {
      double largest = 0;
      for (T w : linear->W.values()) largest = std::max(largest, std::abs(static_cast<double>(w)));
      report.largest_weight.push_back(largest);
      report.weight_norm.push_back(norm(linear->W.values()));
      report.gradient_norm.push_back(norm(gradients.dW[k].values()));
    }
  return report;
}

}  // namespace

template <class T>
Descent<T>::Descent(Net<T>& net, Loss loss, const Samples<T>& train, const TrainingOptions& options)
    : net_(net), loss_(loss), train_(train), options_(options), order_(train.x.rows()) {
  if (options.batch == 0) throw InputError("the batch must have at least one row");
  if (!std::isfinite(options.learning_rate))
    throw InputError("the learning rate is not a number: use one such as 0.01");
  if (!std::isfinite(options.momentum)) throw InputError("the momentum is not a number: use one between 0 and 1");
  if (train.x.rows() == 0) throw InputError("the training set is empty");
  begin_epoch();
}

template <class T>
void Descent<T>::begin_epoch() {
  std::iota(order_.begin(), order_.end(), 0);
  // A generator of its own for each epoch: the order does not depend on how often the epochs before were looked at.
  if (options_.shuffle)
    Random(options_.seed * 0x9E3779B97F4A7C15u + epoch_ + 1).shuffle(std::span<std::size_t>(order_));
  at_ = 0;
}

template <class T>
std::span<const std::size_t> Descent<T>::next_rows() {
  if (at_ == order_.size()) {
    ++epoch_;
    begin_epoch();
  }
  return std::span<const std::size_t>(order_).subspan(at_, std::min(options_.batch, order_.size() - at_));
}

template <class T>
void Descent<T>::apply(const Gradients<T>& gradients) {
  check_gradient_shapes(net_, gradients);
  velocity_.W.resize(net_.layers.size());
  velocity_.b.resize(net_.layers.size());
  const T eta = static_cast<T>(options_.learning_rate), mu = static_cast<T>(options_.momentum);
  for (std::size_t k = 0; k < net_.layers.size(); ++k)
    if (auto* linear = std::get_if<Linear<T>>(&net_.layers[k])) {
      descend(linear->W.values(), gradients.dW[k].values(), eta, mu, velocity_.W[k]);
      descend(linear->b, gradients.db[k], eta, mu, velocity_.b[k]);
    }
}

template <class T>
void Descent<T>::step() {
  const auto rows = next_rows();
  Samples<T> batch = take(train_, rows);
  const ForwardPass<T> pass = forward(net_, std::move(batch.x));
  const Gradients<T> gradients = backward(net_, pass, loss_, batch.targets);
  apply(gradients);
  at_ += rows.size();
  ++done_;
}

template <class T>
void Descent<T>::record(Recording<T>* recording) {
  if (recording && !Engine<T>::fits(net_))
    throw ShapeError("only a stack of linear layers with an activation after each can be recorded while it is trained");
  recording_ = recording;
}

template <class T>
void Descent<T>::epoch(const std::function<void(std::size_t done, std::size_t of)>& after_step) {
  const std::size_t of = options_.epochs * steps_per_epoch();
  if (!engine_ && Engine<T>::fits(net_)) engine_.emplace(net_);
  if (!engine_) {
    do {
      step();
      if (after_step) after_step(done_, of);
    } while (at_ < order_.size());
    return;
  }
  next_rows();  // draws the order of a new epoch, if the last one is over
  const auto rows = std::span<const std::size_t>(order_).subspan(at_);
  RunOptions run{.batch = options_.batch, .learning_rate = options_.learning_rate, .momentum = options_.momentum};
  if (after_step) run.after_step = [&, before = done_](std::size_t steps) { after_step(before + steps, of); };
  engine_->run(net_, velocity_, loss_, train_, rows, run, recording_, done_);
  done_ += (rows.size() + options_.batch - 1) / options_.batch;
  at_ = order_.size();
}

template <class T>
Score evaluate(const Net<T>& net, Loss loss, const Samples<T>& samples) {
  constexpr std::size_t piece = 256;  // its activations stay in the caches
  const std::size_t N = samples.x.rows(), pieces = (N + piece - 1) / piece;
  std::vector<double> loss_of(pieces), right_of(pieces);  // summed in order afterwards, whoever computed them
  std::exception_ptr failure;
  // Every thread takes whole pieces through the net: they need not wait for each other in each layer.
#pragma omp parallel for schedule(dynamic) if (pieces > 1)
  for (std::size_t k = 0; k < pieces; ++k) try {
      std::vector<std::size_t> rows(std::min(piece, N - k * piece));
      std::iota(rows.begin(), rows.end(), k * piece);
      Samples<T> part = take(samples, std::span<const std::size_t>(rows));
      const ForwardPass<T> pass = forward(net, std::move(part.x));
      const double size = static_cast<double>(rows.size());
      loss_of[k] = size * loss_value(loss, pass.output(), part.targets);
      right_of[k] = std::round(accuracy(loss, pass.output(), part.targets) * size);  // NaN for a regression
    } catch (...) {
#pragma omp critical(gradwalk_evaluate)
      failure = std::current_exception();
    }
  if (failure) std::rethrow_exception(failure);
  const double count = static_cast<double>(N);
  return {std::accumulate(loss_of.begin(), loss_of.end(), 0.0) / count,
          std::accumulate(right_of.begin(), right_of.end(), 0.0) / count};
}

template <class T>
History train(Net<T>& net, Loss loss, const Samples<T>& train_set, const Samples<T>* test_set,
              const TrainingOptions& options, const std::function<void(const EpochReport&)>& report,
              const std::function<void(std::size_t done, std::size_t of)>& after_step, Recording<T>* recording) {
  Descent<T> descent(net, loss, train_set, options);
  descent.record(recording);
  History history;
  const auto take_stock = [&](std::size_t epoch) {
    history.push_back(report_on(net, loss, train_set, test_set, options, epoch));
    if (report) report(history.back());
    if (!std::isfinite(history.back().train.loss))
      throw InputError(fmt::format(
          "after epoch {} the loss is {}: scale the inputs, lower the learning rate, or use the stable loss "
          "softmax-cross-entropy",
          epoch, history.back().train.loss));
  };
  take_stock(0);
  for (std::size_t epoch = 1; epoch <= options.epochs; ++epoch) {
    descent.epoch(after_step);
    take_stock(epoch);
  }
  return history;
}

template class Descent<float>;
template class Descent<double>;
template Score evaluate(const Net<float>&, Loss, const Samples<float>&);
template Score evaluate(const Net<double>&, Loss, const Samples<double>&);
template History train(Net<float>&, Loss, const Samples<float>&, const Samples<float>*, const TrainingOptions&,
                       const std::function<void(const EpochReport&)>&,
                       const std::function<void(std::size_t, std::size_t)>&, Recording<float>*);
template History train(Net<double>&, Loss, const Samples<double>&, const Samples<double>*, const TrainingOptions&,
                       const std::function<void(const EpochReport&)>&,
                       const std::function<void(std::size_t, std::size_t)>&, Recording<double>*);

}  // namespace gradwalk
