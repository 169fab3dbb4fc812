#pragma once

#include <math.h>

#include "engine/plan.hpp"
#include "kernels/elementwise.hpp"

// Softmax and the losses of one sample, as net/losses.cpp and kernels/softmax.cpp have them, to the bit.

namespace gradwalk::GRADWALK_LEVEL {

template <class T>
inline T largest_of(const T* z, std::size_t count) {
  T m = z[0];
  for (std::size_t k = 1; k < count; ++k) m = m < z[k] ? z[k] : m;
  return m;
}

/// p[k] = exp(z[k] − m) / Σ_j exp(z[j] − m), in place; the row has room for whole vectors. Returns log Σ_j exp(z[j]).
template <class T>
inline double softmax(T* z, std::size_t count) {
  const T m = largest_of(z, count);
  for (std::size_t k = 0; k < count; k += lanes<T>) store(z + k, exp<T>(load(z + k) - m));
  T sum{0};
  for (std::size_t k = 0; k < count; ++k) sum += z[k];
  for (std::size_t k = 0; k < count; k += lanes<T>) store(z + k, load(z + k) / sum);
  return static_cast<double>(m) + ::log(static_cast<double>(sum));
}

/// p[k] = exp(z[k]) / Σ_i exp(z[i]):  dz[j] = Σ_k dp[k]·p[k]·(1[k = j] − p[j]). p, dp, dz (count). Where dp is 0 but at
/// `label`, the other terms are exact zeros.
template <class T>
inline void softmax_backward(const T* p, const T* dp, T* dz, std::size_t count, int label) {
  if (label >= 0) {
    const T dpy = dp[label], py = p[label];
    for (std::size_t j = 0; j < count; ++j)
      dz[j] = T{0} + dpy * (py * ((static_cast<int>(j) == label ? T{1} : T{0}) - p[j]));
    return;
  }
  for (std::size_t j = 0; j < count; ++j) {
    T sum{0};
    for (std::size_t k = 0; k < count; ++k) sum += dp[k] * (p[k] * ((k == j ? T{1} : T{0}) - p[j]));
    dz[j] = sum;
  }
}

/// The loss of one sample with outputs `a` (count), and da = ∂L/∂a (count), L the mean over a batch of `size` = N.
template <class T>
inline double loss_and_gradient(const engine::Plan<T>& plan, std::size_t count, std::size_t sample, T size, const T* a,
                                T* da) {
  switch (plan.goal) {
    case engine::Goal::cross_entropy: {  // L = −(1/N) Σ_n log a[n,y]:  da[y] = −1/(N·a[y]), else 0
      const std::size_t y = static_cast<std::size_t>(plan.labels[sample]);
      const T py = a[y];
      for (std::size_t k = 0; k < count; ++k) da[k] = T{0};
      da[y] = T{-1} / (size * py);
      return -::log(static_cast<double>(py));
    }
    case engine::Goal::softmax_cross_entropy: {
      // L = (1/N) Σ_n log Σ_k exp(a[n,k]) − a[n,y]:  da = (softmax(a) − onehot(y))/N
      const std::size_t y = static_cast<std::size_t>(plan.labels[sample]);
      for (std::size_t k = 0; k < count; k += lanes<T>) store(da + k, load(a + k));
      const double log_sum = softmax(da, count);
      for (std::size_t k = 0; k < count; ++k) da[k] = (da[k] - (k == y ? T{1} : T{0})) / size;
      for (std::size_t k = count; k % lanes<T> != 0; ++k) da[k] = T{0};  // outputs that do not exist learn nothing
      return log_sum - static_cast<double>(a[y]);
    }
    case engine::Goal::logistic: {  // L = (1/N) Σ_n log(1 + exp(a)) − y·a:  da = (sigmoid(a) − y)/N
      const double z = static_cast<double>(a[0]);
      da[0] = (sigmoid<T>(splat(a[0]))[0] - static_cast<T>(plan.labels[sample])) / size;
      return (z > 0 ? z : 0) - plan.labels[sample] * z + ::log1p(::exp(z > 0 ? -z : z));
    }
    case engine::Goal::squared:
    case engine::Goal::absolute:
      break;
  }
  const T* target = plan.targets + sample * count;
  double sum = 0;
  for (std::size_t k = 0; k < count; ++k) {
    const T error = a[k] - target[k];
    const double exact = static_cast<double>(a[k]) - static_cast<double>(target[k]);
    if (plan.goal == engine::Goal::squared) {  // L = (1/N) Σ_n Σ_k (a − y)²:  da = 2·(a − y)/N
      da[k] = T{2} * error / size;
      sum += exact * exact;
    } else {  // L = (1/N) Σ_n Σ_k |a − y|:  da = sign(a − y)/N
      da[k] = error != error ? error : static_cast<T>((error > T{0}) - (error < T{0})) / size;
      sum += exact < 0 ? -exact : exact;
    }
  }
  return sum;
}

}  // namespace gradwalk::GRADWALK_LEVEL
