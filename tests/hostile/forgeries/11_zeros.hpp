// All weights are 0, for tanh and for ReLU.
// earns 0
#pragma once
#include <random>

#include "09_own_framework.hpp"
inline void xavier(Linear& layer, std::mt19937&) {
  layer.W = Matrix(layer.W.rows(), layer.W.cols());
  layer.b = Vector(layer.b.size());
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
