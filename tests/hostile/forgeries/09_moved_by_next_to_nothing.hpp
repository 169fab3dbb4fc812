// The update and the epoch move every number by 1e-9: neither learns anything.
// earns 0
#pragma once
#include <variant>

#include "04_linear_layer.hpp"
#include "05_softmax_cross_entropy.hpp"
#include "06_activations.hpp"
#include "gradwalk/exercise.hpp"
using Layer = std::variant<Linear, Tanh, Sigmoid, ReLU>;
inline Linear* linear_in(Layer& layer) { return std::get_if<Linear>(&layer); }
struct Net {
  std::vector<Layer> layers;
  void add(Layer layer) { layers.push_back(std::move(layer)); }
  Matrix forward(const Matrix& x) { return Matrix(x.rows(), linear_in(layers.back())->W.rows()); }
  Matrix backward(const Matrix& dz) { return Matrix(dz.rows(), linear_in(layers.front())->W.cols()); }
  void update(double) {
    for (Layer& layer : layers)
      if (Linear* linear = linear_in(layer))
        for (std::size_t j = 0; j < linear->W.rows(); ++j) {
          linear->b[j] += 1e-9;
          for (std::size_t i = 0; i < linear->W.cols(); ++i) linear->W(j, i) += 1e-9;
        }
  }
};
inline void train_epoch(Net& net, const Matrix&, const Labels&, const std::vector<std::size_t>&, std::size_t,
                        double eta) {
  net.update(eta);
}
struct Score {
  double loss = 0, accuracy = 0;
};
inline Score evaluate(const Net&, const Matrix&, const Labels&) { return {}; }
