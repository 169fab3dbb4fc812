// Lesson 04: the linear layer z = x·Wᵀ + b, forward and backward.
//
// A batch is rows: x is (N, in), one sample in each row. W is (out, in), b is (out), z is (N, out).
// A Matrix has m.rows(), m.cols() and m(i, j); a Vector has v.size() and v[i]. Both start as zeros.
// Check what you have with:  gradwalk lesson check 04 exercise.hpp
#pragma once

#include "gradwalk/exercise.hpp"

struct Linear {
  Matrix W;   // (out, in)
  Vector b;   // (out)
  Matrix dW;  // ∂L/∂W, the shape of W; backward fills it
  Vector db;  // ∂L/∂b, the shape of b; backward fills it

  Linear(std::size_t in, std::size_t out) : W(out, in), b(out), dW(out, in), db(out) {}

  // z[n,j] = Σ_i x[n,i]·W[j,i] + b[j]. Keep what backward will need.
  Matrix forward(const Matrix& x) {
    Matrix z(x.rows(), W.rows());
    // Your code here.
    return z;
  }

  // Gets dz = ∂L/∂z, the shape of z. Sets dW and db for this batch (a second call starts afresh) and returns
  // dx = ∂L/∂x, the shape of x. W and b stay as they are.
  Matrix backward(const Matrix& dz) {
    Matrix dx(dz.rows(), W.cols());
    // Your code here.
    return dx;
  }
};
