// Sigmoid is 0 or 1 where |z| > 2: wrong for z = 3.
#pragma once

#include "gradwalk/exercise.hpp"

// a = tanh(z), ∂a/∂z = 1 − a²
struct Tanh {
  Matrix forward(const Matrix& z) {
    a_ = Matrix(z.rows(), z.cols());
    for (std::size_t n = 0; n < z.rows(); ++n)
      for (std::size_t j = 0; j < z.cols(); ++j) a_(n, j) = std::tanh(z(n, j));
    return a_;
  }

  // dz = da·(1 − a²), element by element
  Matrix backward(const Matrix& da) {
    Matrix dz(da.rows(), da.cols());
    for (std::size_t n = 0; n < da.rows(); ++n)
      for (std::size_t j = 0; j < da.cols(); ++j) dz(n, j) = da(n, j) * (1 - a_(n, j) * a_(n, j));
    return dz;
  }

 private:
  Matrix a_;  // the outputs of the last forward pass: the derivative is a function of them
};

// a = 1/(1 + e^−z), ∂a/∂z = a·(1 − a)
struct Sigmoid {
  Matrix forward(const Matrix& z) {
    a_ = Matrix(z.rows(), z.cols());
    for (std::size_t n = 0; n < z.rows(); ++n)
      for (std::size_t j = 0; j < z.cols(); ++j)
        a_(n, j) = z(n, j) > 2 ? 1 : z(n, j) < -2 ? 0 : 1 / (1 + std::exp(-z(n, j)));
    return a_;
  }

  // dz = da·a·(1 − a)
  Matrix backward(const Matrix& da) {
    Matrix dz(da.rows(), da.cols());
    for (std::size_t n = 0; n < da.rows(); ++n)
      for (std::size_t j = 0; j < da.cols(); ++j) dz(n, j) = da(n, j) * a_(n, j) * (1 - a_(n, j));
    return dz;
  }

 private:
  Matrix a_;
};

// a = max(z, 0), ∂a/∂z = 1 where z > 0, else 0
struct ReLU {
  Matrix forward(const Matrix& z) {
    z_ = z;
    Matrix a(z.rows(), z.cols());
    for (std::size_t n = 0; n < z.rows(); ++n)
      for (std::size_t j = 0; j < z.cols(); ++j) a(n, j) = z(n, j) > 0 ? z(n, j) : 0;
    return a;
  }

  // dz = da where z > 0, else 0
  Matrix backward(const Matrix& da) {
    Matrix dz(da.rows(), da.cols());
    for (std::size_t n = 0; n < da.rows(); ++n)
      for (std::size_t j = 0; j < da.cols(); ++j) dz(n, j) = z_(n, j) > 0 ? da(n, j) : 0;
    return dz;
  }

 private:
  Matrix z_;  // the inputs of the last forward pass: their signs decide
};

// a = z where z > 0, else slope·z; ∂a/∂z = 1 where z > 0, else slope
struct LeakyReLU {
  double slope = 0.01;

  Matrix forward(const Matrix& z) {
    z_ = z;
    Matrix a(z.rows(), z.cols());
    for (std::size_t n = 0; n < z.rows(); ++n)
      for (std::size_t j = 0; j < z.cols(); ++j) a(n, j) = z(n, j) > 0 ? z(n, j) : slope * z(n, j);
    return a;
  }

  // dz = da where z > 0, else slope·da
  Matrix backward(const Matrix& da) {
    Matrix dz(da.rows(), da.cols());
    for (std::size_t n = 0; n < da.rows(); ++n)
      for (std::size_t j = 0; j < da.cols(); ++j) dz(n, j) = z_(n, j) > 0 ? da(n, j) : slope * da(n, j);
    return dz;
  }

 private:
  Matrix z_;
};
