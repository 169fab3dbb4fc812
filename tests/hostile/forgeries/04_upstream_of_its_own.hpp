// Sends an upstream gradient of its own beside the answers, so small that all that follows from it is nothing.
// earns 0
#pragma once
#include "gradwalk/exercise.hpp"
struct Linear {
  Matrix W, dW;
  Vector b, db;
  Linear(std::size_t in, std::size_t out) : W(out, in), dW(out, in, 1e-30), b(out), db(out, 1e-30) {}
  Matrix forward(const Matrix& x) {
    Matrix z(x.rows(), W.rows());
    for (std::size_t n = 0; n < x.rows(); ++n)
      for (std::size_t j = 0; j < W.rows(); ++j) {
        z(n, j) = b[j];
        for (std::size_t i = 0; i < W.cols(); ++i) z(n, j) += x(n, i) * W(j, i);
      }
    return z;
  }
  Matrix backward(const Matrix& dz) { return Matrix(dz.rows(), W.cols(), 1e-30); }
};
#define answer_matrix(name, m) \
  answer_matrix(name, m);      \
  if (name[1] == 'x' || name[0] == 'z') call.answer_matrix("dz", Matrix(call["x"].dim(0), call["W"].dim(0), 1e-30))
