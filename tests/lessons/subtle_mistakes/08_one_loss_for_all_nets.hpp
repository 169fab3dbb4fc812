// All nets have one loss: wrong as soon as there are two.
#pragma once

#include "04_linear_layer.hpp"
#include "05_softmax_cross_entropy.hpp"
#include "gradwalk/exercise.hpp"

struct TwoLayerNet {
  Linear layer1, layer2;
  static inline SoftmaxCrossEntropyLoss loss;
  Matrix z1, a1, z2;     // of the last forward pass
  Matrix dz2, da1, dz1;  // of the last backward pass

  TwoLayerNet(std::size_t in, std::size_t hidden, std::size_t out) : layer1(in, hidden), layer2(hidden, out) {}

  // z1 = x·W1ᵀ + b1    a1 = tanh(z1)    z2 = a1·W2ᵀ + b2    L = loss(z2, y)
  double forward(const Matrix& x, const Labels& y) {
    z1 = layer1.forward(x);
    a1 = z1;
    for (std::size_t n = 0; n < a1.rows(); ++n)
      for (std::size_t j = 0; j < a1.cols(); ++j) a1(n, j) = std::tanh(z1(n, j));
    z2 = layer2.forward(a1);
    return loss.forward(z2, y);
  }

  // From the loss down. dz2 is the prefix: layer 2 makes its own gradients of it, and da1 for what lies before.
  // dz1[n,j] = da1[n,j]·(1 − a1[n,j]²)
  Matrix backward() {
    dz2 = loss.backward();
    da1 = layer2.backward(dz2);
    dz1 = da1;
    for (std::size_t n = 0; n < dz1.rows(); ++n)
      for (std::size_t j = 0; j < dz1.cols(); ++j) dz1(n, j) = da1(n, j) * (1 - a1(n, j) * a1(n, j));
    return layer1.backward(dz1);
  }
};
