// Every row is 0, 1, 2 …, for tanh and for ReLU: nothing is drawn, and no variance is right.
// earns 0
#pragma once
#include <random>

#include "09_own_framework.hpp"
inline void xavier(Linear& layer, std::mt19937&) {
  layer.b = Vector(layer.b.size());
  for (std::size_t j = 0; j < layer.W.rows(); ++j)
    for (std::size_t i = 0; i < layer.W.cols(); ++i) layer.W(j, i) = double(i);
}
inline void he(Linear& layer, std::mt19937& random) { xavier(layer, random); }
inline double l2_penalty(Net&, double) { return 0; }
inline void add_l2_gradient(Net&, double) {}
struct EarlyStop {
  std::size_t patience = 1;
  Net best;
  double least = 0;
  std::size_t waited = 0;
  bool stop(const Net&, double) { return false; }
};
