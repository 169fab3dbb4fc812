// A matrix type of their own, on std::valarray.
#pragma once

#include <cstddef>
#include <valarray>

struct OwnMatrix {
  std::size_t n = 0, m = 0;
  std::valarray<double> values;
  OwnMatrix() = default;
  OwnMatrix(std::size_t rows, std::size_t cols) : n(rows), m(cols), values(0.0, rows * cols) {}
  std::size_t rows() const { return n; }
  std::size_t cols() const { return m; }
  double& operator()(std::size_t i, std::size_t j) { return values[i * m + j]; }
  double operator()(std::size_t i, std::size_t j) const { return values[i * m + j]; }
};

struct Linear {
  OwnMatrix W;               // (out, in)
  std::valarray<double> b;   // (out)
  OwnMatrix dW;              // ∂L/∂W
  std::valarray<double> db;  // ∂L/∂b

  Linear(std::size_t in, std::size_t out) : W(out, in), b(out), dW(out, in), db(out) {}

  // z[n,j] = Σ_i x[n,i]·W[j,i] + b[j]
  OwnMatrix forward(const OwnMatrix& x) {
    x_ = x;
    OwnMatrix z(x.rows(), W.rows());
    for (std::size_t n = 0; n < x.rows(); ++n)
      for (std::size_t j = 0; j < W.rows(); ++j) {
        z(n, j) = b[j];
        for (std::size_t i = 0; i < W.cols(); ++i) z(n, j) += x(n, i) * W(j, i);
      }
    return z;
  }

  // Every row n of the batch and every output j adds its terms:
  // dW[j,i] += dz[n,j]·x[n,i]    db[j] += dz[n,j]    dx[n,i] += dz[n,j]·W[j,i]
  OwnMatrix backward(const OwnMatrix& dz) {
    dW = OwnMatrix(W.rows(), W.cols());
    db = std::valarray<double>(W.rows());
    OwnMatrix dx(dz.rows(), W.cols());
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
  OwnMatrix x_;  // the batch of the last forward pass: ∂z/∂W is x
};
