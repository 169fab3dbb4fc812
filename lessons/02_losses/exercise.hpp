// Lesson 02: five losses, and the derivative of each that has one.
//
// A batch is rows: N = f.rows(). Every loss is the mean over the rows. A gradient has the shape of what it is the
// gradient of: squared_error_gradient gives ∂L/∂f, the shape of f.
// Check what you have with:  gradwalk lesson check 02 exercise.hpp
#pragma once

#include "gradwalk/exercise.hpp"

using Labels = std::vector<std::size_t>;  // y[n] is the right class of row n, counted from 0

// L = (1/N) Σ_n Σ_k (f[n,k] − y[n,k])²; f and y are (N, K)
inline double squared_error(const Matrix& f, const Matrix& y) {
  // Your code here.
  return 0;
}

inline Matrix squared_error_gradient(const Matrix& f, const Matrix& y) {
  Matrix df(f.rows(), f.cols());
  // Your code here.
  return df;
}

// L = (1/N) Σ_n Σ_k |f[n,k] − y[n,k]|
inline double absolute_error(const Matrix& f, const Matrix& y) {
  // Your code here.
  return 0;
}

// At the kink, f = y, the slope is taken as 0.
inline Matrix absolute_error_gradient(const Matrix& f, const Matrix& y) {
  Matrix df(f.rows(), f.cols());
  // Your code here.
  return df;
}

// The share of rows whose most probable class is not the label; p is (N, C), and no row has two most probable classes.
// Nothing to descend here: no gradient.
inline double zero_one_loss(const Matrix& p, const Labels& y) {
  // Your code here.
  return 0;
}

// L = (1/N) Σ_n (log(1 + e^z[n]) − y[n]·z[n]) for two classes, y[n] 0 or 1, and z[n] of any size
inline double logistic_loss(const Vector& z, const Labels& y) {
  // Your code here.
  return 0;
}

inline Vector logistic_loss_gradient(const Vector& z, const Labels& y) {
  Vector dz(z.size());
  // Your code here.
  return dz;
}

// L = −(1/N) Σ_n log p[n, y[n]]; p is (N, C), and its rows sum to 1
inline double cross_entropy(const Matrix& p, const Labels& y) {
  // Your code here.
  return 0;
}

inline Matrix cross_entropy_gradient(const Matrix& p, const Labels& y) {
  Matrix dp(p.rows(), p.cols());
  // Your code here.
  return dp;
}
