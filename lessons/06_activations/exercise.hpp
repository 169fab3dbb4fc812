// Lesson 06: four activations, each forward and backward.
//
// They work element by element: z and a are (N, H), any size, and a[n,j] depends on z[n,j] alone.
// Check what you have with:  gradwalk lesson check 06 exercise.hpp
#pragma once

#include "gradwalk/exercise.hpp"

// a = tanh(z), ∂a/∂z = 1 − a²
struct Tanh {
  // Keep what backward will need.
  Matrix forward(const Matrix& z) {
    Matrix a(z.rows(), z.cols());
    // Your code here.
    return a;
  }

  // Gets da = ∂L/∂a and returns dz = ∂L/∂z, the same shape.
  Matrix backward(const Matrix& da) {
    Matrix dz(da.rows(), da.cols());
    // Your code here.
    return dz;
  }
};

// a = 1/(1 + e^−z), ∂a/∂z = a·(1 − a)
struct Sigmoid {
  Matrix forward(const Matrix& z) {
    Matrix a(z.rows(), z.cols());
    // Your code here.
    return a;
  }

  Matrix backward(const Matrix& da) {
    Matrix dz(da.rows(), da.cols());
    // Your code here.
    return dz;
  }
};

// a = max(z, 0), ∂a/∂z = 1 where z > 0, else 0
struct ReLU {
  Matrix forward(const Matrix& z) {
    Matrix a(z.rows(), z.cols());
    // Your code here.
    return a;
  }

  Matrix backward(const Matrix& da) {
    Matrix dz(da.rows(), da.cols());
    // Your code here.
    return dz;
  }
};

// a = z where z > 0, else slope·z; ∂a/∂z = 1 where z > 0, else slope
struct LeakyReLU {
  double slope = 0.01;

  Matrix forward(const Matrix& z) {
    Matrix a(z.rows(), z.cols());
    // Your code here.
    return a;
  }

  Matrix backward(const Matrix& da) {
    Matrix dz(da.rows(), da.cols());
    // Your code here.
    return dz;
  }
};
