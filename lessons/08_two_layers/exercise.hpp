// Lesson 08: a net of two layers, z1 = x·W1ᵀ + b1, a1 = tanh(z1), z2 = a1·W2ᵀ + b2, and its loss; forward and backward.
//
// Linear is yours from lesson 04 and SoftmaxCrossEntropyLoss from lesson 05 (ours where yours has not passed).
// Check what you have with:  gradwalk lesson check 08 exercise.hpp
#pragma once

#include "04_linear_layer.hpp"
#include "05_softmax_cross_entropy.hpp"
#include "gradwalk/exercise.hpp"

struct TwoLayerNet {
  Linear layer1, layer2;
  SoftmaxCrossEntropyLoss loss;
  Matrix z1, a1, z2;     // of the last forward pass
  Matrix dz2, da1, dz1;  // of the last backward pass

  TwoLayerNet(std::size_t in, std::size_t hidden, std::size_t out) : layer1(in, hidden), layer2(hidden, out) {}

  // x is (N, in), y[n] the label of row n. Computes z1, a1 and z2 and returns the loss L.
  double forward(const Matrix& x, const Labels& y) {
    z1 = a1 = Matrix(x.rows(), layer1.W.rows());
    z2 = Matrix(x.rows(), layer2.W.rows());
    // Your code here.
    return 0;
  }

  // Computes dz2, da1 and dz1, lets both layers set their dW and db, and returns dx = ∂L/∂x, the shape of x.
  Matrix backward() {
    dz2 = Matrix(z2.rows(), z2.cols());
    da1 = dz1 = Matrix(z1.rows(), z1.cols());
    // Your code here.
    return Matrix(z1.rows(), layer1.W.cols());
  }
};
