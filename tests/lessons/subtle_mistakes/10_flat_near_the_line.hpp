// Absolute error: the slope is 0 within 0.02 of the line. Wrong there, but on the line itself.
#pragma once

#include "gradwalk/exercise.hpp"

struct Line {
  double w = 0, b = 0;
};

// f[n] = w·x[n] + b
inline Vector predict(const Line& line, const Vector& x) {
  Vector f(x.size());
  for (std::size_t n = 0; n < x.size(); ++n) f[n] = line.w * x[n] + line.b;
  return f;
}

// df[n] = 2·(f[n] − y[n])/N; dw = Σ_n df[n]·x[n], db = Σ_n df[n]
inline Line squared_gradient(const Line& line, const Vector& x, const Vector& y) {
  const Vector f = predict(line, x);
  Line gradient;
  for (std::size_t n = 0; n < x.size(); ++n) {
    const double df = 2 * (f[n] - y[n]) / double(x.size());
    gradient.w += df * x[n];
    gradient.b += df;
  }
  return gradient;
}

// df[n] = sign(f[n] − y[n])/N, however far the point lies
inline Line absolute_gradient(const Line& line, const Vector& x, const Vector& y) {
  const Vector f = predict(line, x);
  Line gradient;
  for (std::size_t n = 0; n < x.size(); ++n) {
    const double sign = f[n] > y[n] + 0.02 ? 1 : f[n] < y[n] - 0.02 ? -1 : 0;
    gradient.w += sign * x[n] / double(x.size());
    gradient.b += sign / double(x.size());
  }
  return gradient;
}

using GradientOf = Line (*)(const Line&, const Vector&, const Vector&);

inline Line fit(Line line, const Vector& x, const Vector& y, GradientOf gradient_of, std::size_t steps,
                double learning_rate) {
  for (std::size_t step = 0; step < steps; ++step) {
    const Line gradient = gradient_of(line, x, y);
    line.w -= learning_rate * gradient.w;
    line.b -= learning_rate * gradient.b;
  }
  return line;
}
