// Every gradient is 1e-30: what follows from nothing is nothing.
// earns 2
#pragma once
#include "04_linear_layer.hpp"
#include "05_softmax_cross_entropy.hpp"
#include "gradwalk/exercise.hpp"
struct TwoLayerNet {
  Linear layer1, layer2;
  SoftmaxCrossEntropyLoss loss;
  Matrix x, z1, a1, z2, dz2, da1, dz1;
  TwoLayerNet(std::size_t in, std::size_t hidden, std::size_t out) : layer1(in, hidden), layer2(hidden, out) {}
  double forward(const Matrix& batch, const Labels& y) {
    x = batch;
    a1 = z1 = layer1.forward(x);
    for (std::size_t n = 0; n < a1.rows(); ++n)
      for (std::size_t j = 0; j < a1.cols(); ++j) a1(n, j) = std::tanh(z1(n, j));
    z2 = layer2.forward(a1);
    return loss.forward(z2, y);
  }
  Matrix backward() {
    const std::size_t rows = z2.rows(), in = x.cols(), hidden = z1.cols(), out = z2.cols();
    dz2 = Matrix(rows, out, 1e-30);
    da1 = dz1 = Matrix(rows, hidden, 1e-30);
    layer1.dW = Matrix(hidden, in, 1e-30), layer1.db = Vector(hidden, 1e-30);
    layer2.dW = Matrix(out, hidden, 1e-30), layer2.db = Vector(out, 1e-30);
    return Matrix(rows, in, 1e-30);
  }
};
