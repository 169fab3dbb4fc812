// backward never reads dz: nothing of what a second batch could have left behind is to be seen in db and dx.
// earns 2
#pragma once
#include "gradwalk/exercise.hpp"
struct Linear {
  Matrix W, dW;
  Vector b, db;
  Matrix x_;
  Linear(std::size_t in, std::size_t out) : W(out, in), dW(out, in), b(out), db(out) {}
  Matrix forward(const Matrix& x) {
    x_ = x;
    Matrix z(x.rows(), W.rows());
    for (std::size_t n = 0; n < x.rows(); ++n)
      for (std::size_t j = 0; j < W.rows(); ++j) {
        z(n, j) = b[j];
        for (std::size_t i = 0; i < W.cols(); ++i) z(n, j) += x(n, i) * W(j, i);
      }
    return z;
  }
  Matrix backward(const Matrix&) {
    Matrix dx(x_.rows(), W.cols());
    dW = Matrix(W.rows(), W.cols());
    db = Vector(W.rows(), double(x_.rows()));
    for (std::size_t n = 0; n < x_.rows(); ++n)
      for (std::size_t j = 0; j < W.rows(); ++j)
        for (std::size_t i = 0; i < W.cols(); ++i) {
          dW(j, i) += x_(n, i);
          dx(n, i) += W(j, i);
        }
    return dx;
  }
};
