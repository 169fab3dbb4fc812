// The penalty is of the first layer only, and the second layer's gradient is left as it was.
// earns 0
#pragma once
#include <random>

#include "09_own_framework.hpp"
inline void xavier(Linear&, std::mt19937&) {}
inline void he(Linear&, std::mt19937&) {}
inline double l2_penalty(Net& net, double lambda) {
  const Matrix& W = linear_in(net.layers[0])->W;
  double sum = 0;
  for (std::size_t j = 0; j < W.rows(); ++j)
    for (std::size_t i = 0; i < W.cols(); ++i) sum += W(j, i) * W(j, i);
  return lambda / 2 * sum;
}
inline void add_l2_gradient(Net& net, double lambda) {
  Linear& layer = *linear_in(net.layers[0]);
  for (std::size_t j = 0; j < layer.W.rows(); ++j)
    for (std::size_t i = 0; i < layer.W.cols(); ++i) layer.dW(j, i) += lambda * layer.W(j, i);
}
struct EarlyStop {
  std::size_t patience = 1;
  Net best;
  double least = 0;
  std::size_t waited = 0;
  bool stop(const Net&, double) { return false; }
};
