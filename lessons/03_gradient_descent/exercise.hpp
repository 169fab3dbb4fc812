// Lesson 03: gradient descent, with all rows at once or with a few at a time.
//
// A neuron with D inputs gives f[n] = Σ_i w[i]·x[n,i] + w[D] for row n: all that can be learnt is in one vector w of D
// + 1 numbers, the bias behind the weights. Check what you have with:  gradwalk lesson check 03 exercise.hpp
#pragma once

#include <functional>
#include <random>

#include "gradwalk/exercise.hpp"

using Rows = std::vector<std::size_t>;  // numbers of rows of the training set, counted from 0

// The loss of a mini-batch is the mean over its rows only: L = (1/N) Σ_n (f[n] − y[n])², n one of `rows`, and
// N = rows.size(). Returns dw = ∂L/∂w, the shape of w. x is all of the training set.
inline Vector gradient_on(const Rows& rows, const Vector& w, const Matrix& x, const Vector& y) {
  Vector dw(w.size());
  // Your code here.
  return dw;
}

// The numbers 0 … count − 1 in a random order; every order is equally likely. All chance comes from `random`:
// std::uniform_int_distribution<std::size_t>(0, i)(random) draws one of 0 … i.
inline Rows shuffled(std::size_t count, std::mt19937& random) {
  Rows order(count);
  for (std::size_t n = 0; n < count; ++n) order[n] = n;
  // Your code here.
  return order;
}

// What is gone down: the gradient at w on these rows. A descent need not know what it descends.
using Gradient = std::function<Vector(const Vector& w, const Rows& rows)>;

// `epochs` times: takes the rows 0 … count − 1 in a new shuffled order, `batch` at a time (the last mini-batch of an
// epoch may be smaller), and makes one step w ← w − η·dw with each; η is the learning rate. Returns the last w.
inline Vector descend(Vector w, const Gradient& gradient, std::size_t count, std::size_t batch, std::size_t epochs,
                      double learning_rate, std::mt19937& random) {
  // Your code here.
  return w;
}
