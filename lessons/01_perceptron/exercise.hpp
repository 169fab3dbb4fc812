// Lesson 01: the perceptron. One neuron, two classes.
//
// A sample is a row x with D numbers; its label y is 1 or −1. The neuron has a weight for each number, and a bias.
// A Matrix has m.rows(), m.cols() and m(i, j); a Vector has v.size() and v[i]. Both start as zeros.
// Check what you have with:  gradwalk lesson check 01 exercise.hpp
#pragma once

#include "gradwalk/exercise.hpp"

struct Perceptron {
  Vector w;      // (D)
  double b = 0;

  explicit Perceptron(std::size_t D) : w(D) {}

  // z = Σ_i w[i]·x[i] + b
  double weighted_sum(const Vector& x) const {
    // Your code here.
    return 0;
  }

  // The class of x: 1 where z > 0, else −1.
  int decide(const Vector& x) const {
    // Your code here.
    return 0;
  }

  // The perceptron rule for one sample: when the decision is not y, w += η·y·x and b += η·y; otherwise nothing.
  void learn(const Vector& x, int y, double eta) {
    // Your code here.
  }
};
