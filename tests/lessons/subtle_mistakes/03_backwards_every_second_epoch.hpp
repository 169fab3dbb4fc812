// One shuffle, read forwards and backwards in turn.
#pragma once

#include <functional>
#include <random>
#include <utility>

#include "gradwalk/exercise.hpp"

using Rows = std::vector<std::size_t>;

// df[n] = 2·(f[n] − y[n])/N; dw[i] = Σ_n df[n]·x[n,i], dw[D] = Σ_n df[n], n one of `rows`
inline Vector gradient_on(const Rows& rows, const Vector& w, const Matrix& x, const Vector& y) {
  const std::size_t D = x.cols();
  Vector dw(D + 1);
  for (const std::size_t n : rows) {
    double f = w[D];
    for (std::size_t i = 0; i < D; ++i) f += w[i] * x(n, i);
    const double df = 2 * (f - y[n]) / double(rows.size());
    for (std::size_t i = 0; i < D; ++i) dw[i] += df * x(n, i);
    dw[D] += df;
  }
  return dw;
}

// Fisher and Yates: place by place from the end, one of those that have no place yet.
inline Rows shuffled(std::size_t count, std::mt19937& random) {
  Rows order(count);
  for (std::size_t n = 0; n < count; ++n) order[n] = n;
  for (std::size_t i = count; i-- > 1;) {
    const std::size_t j = std::uniform_int_distribution<std::size_t>(0, i)(random);
    std::swap(order[i], order[j]);
  }
  return order;
}

using Gradient = std::function<Vector(const Vector& w, const Rows& rows)>;

// Every epoch a new order; every mini-batch a step.
inline Vector descend(Vector w, const Gradient& gradient, std::size_t count, std::size_t batch, std::size_t epochs,
                      double learning_rate, std::mt19937& random) {
  const Rows drawn = shuffled(count, random);
  for (std::size_t epoch = 0; epoch < epochs; ++epoch) {
    const Rows order = epoch % 2 ? Rows(drawn.rbegin(), drawn.rend()) : drawn;
    for (std::size_t begin = 0; begin < count; begin += batch) {
      const std::size_t end = begin + batch < count ? begin + batch : count;
      const Rows rows(order.begin() + std::ptrdiff_t(begin), order.begin() + std::ptrdiff_t(end));
      const Vector dw = gradient(w, rows);
      for (std::size_t i = 0; i < w.size(); ++i) w[i] -= learning_rate * dw[i];
    }
  }
  return w;
}
