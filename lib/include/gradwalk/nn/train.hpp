#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "gradwalk/nn/engine.hpp"
#include "gradwalk/nn/net.hpp"
#include "gradwalk/nn/pass.hpp"
#include "gradwalk/nn/samples.hpp"

namespace gradwalk {

/// Mini-batch stochastic gradient descent with momentum: v ← μ·v + dW, W ← W − η·v (μ = 0: W ← W − η·dW). (Polyak's
/// heavy ball: Some methods of speeding up the convergence of iteration methods, 1964; for neural nets: Sutskever,
/// Martens, Dahl, Hinton: On the importance of initialization and momentum in deep learning, ICML 2013. Theirs is v ←
/// μ·v − η·dW, W ← W + v; this is PyTorch's scaling, the same while η stays.)
struct TrainingOptions {
  std::size_t epochs = 30;
  std::size_t batch = 16;
  double learning_rate = 0.1;  // η
  double momentum = 0;         // μ
  bool shuffle = true;         // the order of the rows, anew in every epoch, from `seed`
  std::uint64_t seed = 0;
};

/// Loss and 0-1 score of a whole data set; accuracy is NaN for a regression.
struct Score {
  double loss = 0, accuracy = 0;
};

/// Where training stands after an epoch (number 0: before the first).
struct EpochReport {
  std::size_t epoch = 0;
  Score train, test;                   // test is NaN where there is no test set
  std::vector<double> largest_weight;  // max|W| of each linear layer
  std::vector<double> weight_norm;     // √ΣW² of each linear layer
  std::vector<double> gradient_norm;   // √ΣdW² of each linear layer, on the first `batch` rows of the training set
};

using History = std::vector<EpochReport>;

/// The state of a descent between its steps.
template <class T>
class Descent {
 public:
  /// Keeps references to `net`, which it changes, and to `train`: both must outlive it. Throws InputError for an empty
  /// training set, a batch of 0, or a learning rate or momentum that is not a finite number.
  Descent(Net<T>& net, Loss loss, const Samples<T>& train, const TrainingOptions& options);

  /// Rows of the next mini-batch, in order; a last batch of an epoch may be smaller. Good until the next step.
  std::span<const std::size_t> next_rows();
  /// One step on the next mini-batch, through the plain passes. Throws ShapeError when net and samples do not fit.
  void step();
  /// Moves the net against gradients that were computed elsewhere, as a step does; the mini-batch stays the next one.
  /// Throws ShapeError when dW and db have not the shapes of the net's layers. dx is not looked at.
  void apply(const Gradients<T>& gradients);
  /// All steps up to the end of the current epoch, in the engine where it fits. `after_step(done, of)` may be empty and
  /// must not throw. Throws ShapeError when net and samples do not fit, and what a recording's sink threw.
  void epoch(const std::function<void(std::size_t done, std::size_t of)>& after_step = {});

  /// Records the steps of the epochs to come; null: no longer. Throws ShapeError for a net that the engine does not
  /// fit.
  void record(Recording<T>* recording);

  std::size_t steps_per_epoch() const { return (train_.x.rows() + options_.batch - 1) / options_.batch; }
  std::size_t steps_done() const { return done_; }
  /// As the steps so far left it; empty without momentum and before the first step.
  const Velocity<T>& velocity() const { return velocity_; }

 private:
  void begin_epoch();

  Net<T>& net_;
  Loss loss_;
  const Samples<T>& train_;
  TrainingOptions options_;
  std::vector<std::size_t> order_;
  std::size_t done_ = 0, at_ = 0;
  std::uint64_t epoch_ = 0;
  Velocity<T> velocity_;
  Recording<T>* recording_ = nullptr;
  std::optional<Engine<T>> engine_;  // once an epoch has begun, for a net that it fits
};

/// The loss and score of a data set, in pieces of at most 256 rows; the net is only read, and no pass is kept. Both are
/// NaN for a set without samples. Throws ShapeError when net and samples do not fit.
template <class T>
Score evaluate(const Net<T>& net, Loss loss, const Samples<T>& samples);

/// Trains for options.epochs. `report` is called before the first epoch and after each; `after_step` after each step.
/// Both may be empty. `recording`, when there is one, keeps steps (recording.hpp). Returns what was reported. Throws as
/// Descent does, and InputError when the loss stops being a finite number, naming the epoch; the net is then as that
/// epoch left it. `test_set` may be null.
template <class T>
History train(Net<T>& net, Loss loss, const Samples<T>& train_set, const Samples<T>* test_set,
              const TrainingOptions& options, const std::function<void(const EpochReport&)>& report = {},
              const std::function<void(std::size_t done, std::size_t of)>& after_step = {},
              Recording<T>* recording = nullptr);

}  // namespace gradwalk
