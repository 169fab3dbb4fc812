// make_net puts ReLU between the layers: wrong where z is negative.
#pragma once

#include <algorithm>
#include <random>

#include "09_own_framework.hpp"
#include "gradwalk/exercise.hpp"

inline Matrix scaled(const Matrix& pixels) {
  Matrix x = pixels;
  for (std::size_t n = 0; n < x.rows(); ++n)
    for (std::size_t i = 0; i < x.cols(); ++i) x(n, i) /= 255;
  return x;
}

// z is a sum of `in` products. Weights of deviation 1/√in keep it of the size of one input, however many there are.
inline Net make_net(const std::vector<std::size_t>& widths, unsigned seed) {
  std::mt19937 random(seed);
  Net net;
  for (std::size_t l = 0; l + 1 < widths.size(); ++l) {
    if (l > 0) net.add(ReLU());
    Linear layer(widths[l], widths[l + 1]);
    std::normal_distribution<double> normal(0, 1 / std::sqrt(double(widths[l])));
    for (std::size_t j = 0; j < layer.W.rows(); ++j)
      for (std::size_t i = 0; i < layer.W.cols(); ++i) layer.W(j, i) = normal(random);
    net.add(layer);
  }
  return net;
}

inline Labels predict(const Net& net, const Matrix& x) {
  Net copy = net;
  const Matrix logits = copy.forward(x);
  Labels predicted(x.rows(), 0);
  for (std::size_t n = 0; n < x.rows(); ++n)
    for (std::size_t k = 1; k < logits.cols(); ++k)
      if (logits(n, k) > logits(n, predicted[n])) predicted[n] = k;
  return predicted;
}

inline Matrix confusion_matrix(const Labels& y, const Labels& predicted, std::size_t classes) {
  Matrix C(classes, classes);
  for (std::size_t n = 0; n < y.size(); ++n) C(y[n], predicted[n]) += 1;
  return C;
}

inline Vector largest_weights(Net& net) {
  Vector largest;
  for (Layer& layer : net.layers)
    if (Linear* linear = linear_in(layer)) {
      largest.push_back(0);
      for (std::size_t j = 0; j < linear->W.rows(); ++j)
        for (std::size_t i = 0; i < linear->W.cols(); ++i)
          largest.back() = std::max(largest.back(), std::abs(linear->W(j, i)));
    }
  return largest;
}
