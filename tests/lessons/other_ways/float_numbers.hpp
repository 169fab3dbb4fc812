// All in float.
#pragma once

#include "gradwalk/exercise.hpp"

struct Linear {
  gradwalk::MatrixOf<float> W;   // (out, in)
  std::vector<float> b;          // (out)
  gradwalk::MatrixOf<float> dW;  // ∂L/∂W
  std::vector<float> db;         // ∂L/∂b

  Linear(std::size_t in, std::size_t out) : W(out, in), b(out), dW(out, in), db(out) {}

  // z[n,j] = Σ_i x[n,i]·W[j,i] + b[j]
  gradwalk::MatrixOf<float> forward(const gradwalk::MatrixOf<float>& x) {
    x_ = x;
    gradwalk::MatrixOf<float> z(x.rows(), W.rows());
    for (std::size_t n = 0; n < x.rows(); ++n)
      for (std::size_t j = 0; j < W.rows(); ++j) {
        z(n, j) = b[j];
        for (std::size_t i = 0; i < W.cols(); ++i) z(n, j) += x(n, i) * W(j, i);
      }
    return z;
  }

  // Every row n of the batch and every output j adds its terms:
  // dW[j,i] += dz[n,j]·x[n,i]    db[j] += dz[n,j]    dx[n,i] += dz[n,j]·W[j,i]
  gradwalk::MatrixOf<float> backward(const gradwalk::MatrixOf<float>& dz) {
    dW = gradwalk::MatrixOf<float>(W.rows(), W.cols());
    db = std::vector<float>(W.rows());
    gradwalk::MatrixOf<float> dx(dz.rows(), W.cols());
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
  gradwalk::MatrixOf<float> x_;  // the batch of the last forward pass: ∂z/∂W is x
};
