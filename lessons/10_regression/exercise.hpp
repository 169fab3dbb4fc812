// Lesson 10: regression. A line through points, by gradient descent, with the squared and with the absolute error.
//
// There are N points (x[n], y[n]). The line gives f[n] = w·x[n] + b.
// Check what you have with:  gradwalk lesson check 10 exercise.hpp
#pragma once

#include "gradwalk/exercise.hpp"

struct Line {
  double w = 0, b = 0;
};

// f[n] = w·x[n] + b
inline Vector predict(const Line& line, const Vector& x) {
  Vector f(x.size());
  // Your code here.
  return f;
}

// Of L = (1/N) Σ_n (f[n] − y[n])²: {∂L/∂w, ∂L/∂b}
inline Line squared_gradient(const Line& line, const Vector& x, const Vector& y) {
  Line gradient;
  // Your code here.
  return gradient;
}

// Of L = (1/N) Σ_n |f[n] − y[n]|: {∂L/∂w, ∂L/∂b}; the slope at the kink is taken as 0
inline Line absolute_gradient(const Line& line, const Vector& x, const Vector& y) {
  Line gradient;
  // Your code here.
  return gradient;
}

using GradientOf = Line (*)(const Line&, const Vector&, const Vector&);

// Gradient descent on all points at once: `steps` times w −= learning_rate·∂L/∂w and b −= learning_rate·∂L/∂b, with
// the gradients of the line as it is at that step: gradient_of(line, x, y).
inline Line fit(Line line, const Vector& x, const Vector& y, GradientOf gradient_of, std::size_t steps,
                double learning_rate) {
  // Your code here.
  return line;
}
