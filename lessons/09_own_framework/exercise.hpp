// Lesson 09: your own framework. A Net is a row of layers; train_epoch teaches it; evaluate looks at it.
//
// Linear, the activations and the loss are yours from lessons 04, 05 and 06 (ours where yours have not passed).
// Check what you have with:  gradwalk lesson check 09 exercise.hpp
#pragma once

#include <variant>

#include "04_linear_layer.hpp"
#include "05_softmax_cross_entropy.hpp"
#include "06_activations.hpp"
#include "gradwalk/exercise.hpp"

// What a net is made of. The three functions below call the right one of your classes; you need not change them.
using Layer = std::variant<Linear, Tanh, Sigmoid, ReLU>;

inline Matrix forward_through(Layer& layer, const Matrix& x) {
  return std::visit([&](auto& one) { return one.forward(x); }, layer);
}

inline Matrix backward_through(Layer& layer, const Matrix& dz) {
  return std::visit([&](auto& one) { return one.backward(dz); }, layer);
}

// The layer as a Linear, or null where it is an activation.
inline Linear* linear_in(Layer& layer) { return std::get_if<Linear>(&layer); }

// Rows order[begin] … order[end − 1] of x, as a mini-batch.
inline Matrix rows_of(const Matrix& x, const std::vector<std::size_t>& order, std::size_t begin, std::size_t end) {
  Matrix batch(end - begin, x.cols());
  for (std::size_t n = begin; n < end; ++n)
    for (std::size_t i = 0; i < x.cols(); ++i) batch(n - begin, i) = x(order[n], i);
  return batch;
}

inline Labels rows_of(const Labels& y, const std::vector<std::size_t>& order, std::size_t begin, std::size_t end) {
  Labels batch;
  for (std::size_t n = begin; n < end; ++n) batch.push_back(y[order[n]]);
  return batch;
}

struct Net {
  std::vector<Layer> layers;  // the first is a Linear, and so is the last

  void add(Layer layer) { layers.push_back(std::move(layer)); }
  std::size_t inputs() { return linear_in(layers.front())->W.cols(); }
  std::size_t outputs() { return linear_in(layers.back())->W.rows(); }

  // x is (N, inputs). Returns the logits, (N, outputs): what the last layer gives.
  Matrix forward(const Matrix& x) {
    // Your code here.
    return Matrix(x.rows(), outputs());
  }

  // Gets ∂L/∂logits. Every Linear sets its dW and db; returns dx = ∂L/∂x, (N, inputs).
  Matrix backward(const Matrix& dz) {
    // Your code here.
    return Matrix(dz.rows(), inputs());
  }

  // W ← W − η·dW and b ← b − η·db in every Linear; η is the learning rate.
  void update(double learning_rate) {
    // Your code here.
    (void)learning_rate;
  }
};

// One epoch: takes the rows of x in the order given, `batch` at a time (the last mini-batch may be smaller), and makes
// one step of descent with each: forward, loss, backward, update. The loss is SoftmaxCrossEntropyLoss.
inline void train_epoch(Net& net, const Matrix& x, const Labels& y, const std::vector<std::size_t>& order,
                        std::size_t batch, double learning_rate) {
  // Your code here.
  (void)net, (void)x, (void)y, (void)order, (void)batch, (void)learning_rate;
}

struct Score {
  double loss = 0;      // the mean over all rows
  double accuracy = 0;  // the share of rows whose largest logit is the label's: 0 … 1
};

// Looks at a net and leaves it as it was: its weights, its gradients, and what its layers keep for backward.
inline Score evaluate(const Net& net, const Matrix& x, const Labels& y) {
  // Your code here.
  (void)net, (void)x, (void)y;
  return {};
}
