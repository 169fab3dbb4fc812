// The weights come from rand(): `random` is not used.
#pragma once

#include <limits>
#include <random>

#include "09_own_framework.hpp"
#include "gradwalk/exercise.hpp"

// Every weight by itself, b = 0.
inline void draw_weights(Linear& layer, double variance, std::mt19937& random) {
  std::normal_distribution<double> weight(0, std::sqrt(variance));
  for (std::size_t j = 0; j < layer.W.rows(); ++j) {
    layer.b[j] = 0;
    for (std::size_t i = 0; i < layer.W.cols(); ++i)
      layer.W(j, i) = std::sqrt(3 * variance) * (2.0 * rand() / RAND_MAX - 1);
  }
}

// Between what keeps the values alike on the way there, 1/in, and the gradients on the way back, 1/out.
inline void xavier(Linear& layer, std::mt19937& random) {
  draw_weights(layer, 2.0 / double(layer.W.cols() + layer.W.rows()), random);
}

// ReLU lets half of the variance through, so twice as much goes in.
inline void he(Linear& layer, std::mt19937& random) { draw_weights(layer, 2.0 / double(layer.W.cols()), random); }

// (λ/2)·Σ W²
inline double l2_penalty(Net& net, double lambda) {
  double sum = 0;
  for (Layer& layer : net.layers)
    if (const Linear* linear = linear_in(layer))
      for (std::size_t j = 0; j < linear->W.rows(); ++j)
        for (std::size_t i = 0; i < linear->W.cols(); ++i) sum += linear->W(j, i) * linear->W(j, i);
  return lambda / 2 * sum;
}

// ∂/∂W of (λ/2)·Σ W² is λ·W
inline void add_l2_gradient(Net& net, double lambda) {
  for (Layer& layer : net.layers)
    if (Linear* linear = linear_in(layer))
      for (std::size_t j = 0; j < linear->W.rows(); ++j)
        for (std::size_t i = 0; i < linear->W.cols(); ++i) linear->dW(j, i) += lambda * linear->W(j, i);
}

struct EarlyStop {
  std::size_t patience = 1;
  Net best;
  double least = std::numeric_limits<double>::infinity();
  std::size_t waited = 0;

  // A new least loss: keep the net, wait from anew.
  bool stop(const Net& net, double loss) {
    if (loss < least) {
      least = loss;
      best = net;
      waited = 0;
    } else {
      ++waited;
    }
    return waited >= patience;
  }
};
