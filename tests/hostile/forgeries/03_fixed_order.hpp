// Always the order turned round: that every order is equally likely is never shown.
// earns 0
#pragma once
#include <functional>
#include <random>

#include "gradwalk/exercise.hpp"
using Rows = std::vector<std::size_t>;
inline Vector gradient_on(const Rows&, const Vector& w, const Matrix&, const Vector&) { return Vector(w.size()); }
inline Rows shuffled(std::size_t count, std::mt19937&) {
  Rows order;
  while (count) order.push_back(--count);
  return order;
}
using Gradient = std::function<Vector(const Vector& w, const Rows& rows)>;
inline Vector descend(Vector w, const Gradient&, std::size_t, std::size_t, std::size_t, double, std::mt19937&) {
  return w;
}
