// In long double.
#pragma once

#include "gradwalk/exercise.hpp"

struct Linear {
  gradwalk::MatrixOf<long double> W;   // (out, in)
  std::vector<long double> b;          // (out)
  gradwalk::MatrixOf<long double> dW;  // ∂L/∂W
  std::vector<long double> db;         // ∂L/∂b

  Linear(std::size_t in, std::size_t out) : W(out, in), b(out), dW(out, in), db(out) {}

  // z[n,j] = Σ_i x[n,i]·W[j,i] + b[j]
  gradwalk::MatrixOf<long double> forward(const gradwalk::MatrixOf<long double>& x) {
    x_ = x;
    gradwalk::MatrixOf<long double> z(x.rows(), W.rows());
    for (std::size_t n = 0; n < x.rows(); ++n)
      for (std::size_t j = 0; j < W.rows(); ++j) {
        z(n, j) = b[j];
        for (std::size_t i = 0; i < W.cols(); ++i) z(n, j) += x(n, i) * W(j, i);
      }
    return z;
  }

  // Every row n of the batch and every output j adds its terms:
  // dW[j,i] += dz[n,j]·x[n,i]    db[j] += dz[n,j]    dx[n,i] += dz[n,j]·W[j,i]
  gradwalk::MatrixOf<long double> backward(const gradwalk::MatrixOf<long double>& dz) {
    dW = gradwalk::MatrixOf<long double>(W.rows(), W.cols());
    db = std::vector<long double>(W.rows());
    gradwalk::MatrixOf<long double> dx(dz.rows(), W.cols());
    for (std::size_t n = 0; n < dz.rows(); ++n)
      for (std::size_t j = 0; j < W.rows(); ++j) {
        db[j] += dz(n, j);
        for (std::size_t i = 0; i < W.cols(); ++i) {
          dW(j, i) += dz(n, j) * x_(n, i);
          dx(n, i) += dz(n, j) * W(j, i);
        }
      }
    return dx;
  }

 private:
  gradwalk::MatrixOf<long double> x_;  // the batch of the last forward pass: ∂z/∂W is x
};
