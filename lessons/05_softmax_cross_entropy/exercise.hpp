// Lesson 05: softmax, cross-entropy, and the two as one stable step.
//
// A batch is rows: z is (N, C), the C logits of one sample in each row; p has the same shape and its rows sum to 1.
// y[n] is the label of row n, one of 0 … C − 1.
// Check what you have with:  gradwalk lesson check 05 exercise.hpp
#pragma once

#include "gradwalk/exercise.hpp"

using Labels = std::vector<std::size_t>;

struct Softmax {
  // p[n,k] = exp(z[n,k]) / Σ_j exp(z[n,j]), for logits of any size. Keep what backward will need.
  Matrix forward(const Matrix& z) {
    Matrix p(z.rows(), z.cols());
    // Your code here.
    return p;
  }

  // Gets dp = ∂L/∂p and returns dz = ∂L/∂z, the same shape. ∂p[n,k]/∂z[n,j] = p[n,k]·(1[k = j] − p[n,j]).
  Matrix backward(const Matrix& dp) {
    Matrix dz(dp.rows(), dp.cols());
    // Your code here.
    return dz;
  }
};

struct CrossEntropyLoss {
  // L = −(1/N) Σ_n log p[n, y[n]]. Keep what backward will need.
  double forward(const Matrix& p, const Labels& y) {
    double L = 0;
    // Your code here.
    return L;
  }

  // Gets dL = ∂L/∂L, which is 1 unless something comes after the loss, and returns dp = ∂L/∂p, the shape of p.
  Matrix backward(double dL = 1) {
    Matrix dp;  // still 0 × 0: make it as large as p
    // Your code here.
    return dp;
  }
};

// The same loss, straight from the logits.
struct SoftmaxCrossEntropyLoss {
  // L = (1/N) Σ_n (log Σ_j exp(z[n,j]) − z[n, y[n]]), for logits of any size.
  double forward(const Matrix& z, const Labels& y) {
    double L = 0;
    // Your code here.
    return L;
  }

  // Returns dz = ∂L/∂z, the shape of z.
  Matrix backward(double dL = 1) {
    Matrix dz;  // still 0 × 0: make it as large as z
    // Your code here.
    return dz;
  }
};
