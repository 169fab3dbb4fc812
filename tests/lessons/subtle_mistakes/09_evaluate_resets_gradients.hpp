// evaluate sets the gradients of the net to 0: wrong where somebody still needs them.
#pragma once

#include <algorithm>
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

  // Each layer takes what the layer before has made.
  Matrix forward(const Matrix& x) {
    Matrix a = x;
    for (Layer& layer : layers) a = forward_through(layer, a);
    return a;
  }

  // The same way back: each layer takes the gradient that the layer after it has made.
  Matrix backward(const Matrix& dz) {
    Matrix upstream = dz;
    for (std::size_t l = layers.size(); l-- > 0;) upstream = backward_through(layers[l], upstream);
    return upstream;
  }

  // W ← W − η·dW, b ← b − η·db
  void update(double learning_rate) {
    for (Layer& layer : layers)
      if (Linear* linear = linear_in(layer)) {
        for (std::size_t j = 0; j < linear->W.rows(); ++j) {
          linear->b[j] -= learning_rate * linear->db[j];
          for (std::size_t i = 0; i < linear->W.cols(); ++i) linear->W(j, i) -= learning_rate * linear->dW(j, i);
        }
      }
  }
};

// One epoch: every row once, a step of descent after every mini-batch.
inline void train_epoch(Net& net, const Matrix& x, const Labels& y, const std::vector<std::size_t>& order,
                        std::size_t batch, double learning_rate) {
  SoftmaxCrossEntropyLoss loss;
  for (std::size_t begin = 0; begin < order.size(); begin += batch) {
    const std::size_t end = std::min(begin + batch, order.size());
    const Matrix logits = net.forward(rows_of(x, order, begin, end));
    loss.forward(logits, rows_of(y, order, begin, end));
    net.backward(loss.backward());
    net.update(learning_rate);
  }
}

struct Score {
  double loss = 0;      // the mean over all rows
  double accuracy = 0;  // the share of rows whose largest logit is the label's: 0 … 1
};

// A forward pass changes what the layers keep; so the pass is made in a copy, and the net itself is const.
inline Score evaluate(const Net& net, const Matrix& x, const Labels& y) {
  for (Layer& layer : const_cast<Net&>(net).layers)
    if (Linear* linear = linear_in(layer))
      linear->dW = Matrix(linear->W.rows(), linear->W.cols()), linear->db = Vector(linear->b.size());
  Net copy = net;
  const Matrix logits = copy.forward(x);
  Score score;
  score.loss = SoftmaxCrossEntropyLoss().forward(logits, y);
  for (std::size_t n = 0; n < logits.rows(); ++n) {
    std::size_t largest = 0;
    for (std::size_t k = 1; k < logits.cols(); ++k)
      if (logits(n, k) > logits(n, largest)) largest = k;
    if (largest == y[n]) score.accuracy += 1.0 / double(logits.rows());
  }
  return score;
}
