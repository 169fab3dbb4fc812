// Every layer keeps its x in the same place: wrong as soon as there are two.
#pragma once

#include "gradwalk/exercise.hpp"

static Matrix last_x;

struct Linear {
  Matrix W;   // (out, in)
  Vector b;   // (out)
  Matrix dW;  // ∂L/∂W
  Vector db;  // ∂L/∂b

  Linear(std::size_t in, std::size_t out) : W(out, in), b(out), dW(out, in), db(out) {}

  // z[n,j] = Σ_i x[n,i]·W[j,i] + b[j]
  Matrix forward(const Matrix& x) {
    last_x = x;
    Matrix z(x.rows(), W.rows());
    for (std::size_t n = 0; n < x.rows(); ++n)
      for (std::size_t j = 0; j < W.rows(); ++j) {
        z(n, j) = b[j];
        for (std::size_t i = 0; i < W.cols(); ++i) z(n, j) += x(n, i) * W(j, i);
      }
    return z;
  }

  // Every row n of the batch and every output j adds its terms:
  // dW[j,i] += dz[n,j]·x[n,i]    db[j] += dz[n,j]    dx[n,i] += dz[n,j]·W[j,i]
  Matrix backward(const Matrix& dz) {
    dW = Matrix(W.rows(), W.cols());
    db = Vector(W.rows());
    Matrix dx(dz.rows(), W.cols());
    for (std::size_t n = 0; n < dz.rows(); ++n)
      for (std::size_t j = 0; j < W.rows(); ++j) {
        db[j] += dz(n, j);
        for (std::size_t i = 0; i < W.cols(); ++i) {
          dW(j, i) += dz(n, j) * last_x(n, i);
          dx(n, i) += dz(n, j) * W(j, i);
        }
      }
    return dx;
  }
};
