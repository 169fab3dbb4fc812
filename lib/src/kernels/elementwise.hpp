#pragma once

#include <cstdint>

#include "kernels/levels.hpp"
#include "kernels/vector.hpp"

// exp, tanh and the activations on whole vectors. They use + − · / only, each rounded, so every machine gives the same
// bits, which a system's libm does not promise; the error is below 2 units in the last place
// (tests/lib/kernels/elementwise_test.cpp).

namespace gradwalk::GRADWALK_LEVEL {

/// The layout of a floating-point number: 2ⁿ has n + bias above `mantissa_bits` zeros.
template <class T>
struct Format;
template <>
struct Format<float> {
  using Bits = std::int32_t;
  static constexpr int mantissa_bits = 23, bias = 127;
  static constexpr int terms = 7;                  // of the series of exp: 0.347⁸/8! < 2⁻²⁷
  static constexpr float ln2_high = 0x1.62e4p-1f;  // few bits, so that n·ln2_high is exact
  static constexpr float ln2_low = 0x1.7f7d1cp-20f;
  static constexpr float largest = 128.0f;  // exp(x) is 0 or infinite where |x| is beyond
  static constexpr float tanh_is_one = 10.0f;
};
template <>
struct Format<double> {
  using Bits = std::int64_t;
  static constexpr int mantissa_bits = 52, bias = 1023;
  static constexpr int terms = 13;  // 0.347¹⁴/14! < 2⁻⁵⁷
  static constexpr double ln2_high = 0x1.62e42fee00000p-1;
  static constexpr double ln2_low = 0x1.a39ef35793c76p-33;
  static constexpr double largest = 1024.0;
  static constexpr double tanh_is_one = 20.0;
};
template <class T>
struct BitsOf {
  using type [[gnu::vector_size(vector_bytes)]] = typename Format<T>::Bits;
};
template <class T>
using Integers = typename BitsOf<T>::type;

/// 2ⁿ for −bias < n ≤ bias.
template <class T>
inline Vector<T> power_of_two(Integers<T> n) {
  return (Vector<T>)((n + Format<T>::bias) << Format<T>::mantissa_bits);
}

/// x = n·ln 2 + r with |r| ≤ ln 2/2, and exp(r) − 1 = r + r²/2! + r³/3! + …
template <class T>
struct Reduced {
  Integers<T> n;
  Vector<T> series;
};
template <class T>
inline Reduced<T> reduce(Vector<T> x) {
  using F = Format<T>;
  // Adding 1.5·2^mantissa_bits leaves no room for a fraction: the sum is rounded to an integer, and its last bits are
  // n.
  const Vector<T> shift = splat(T{1.5} * static_cast<T>(std::int64_t{1} << F::mantissa_bits));
  const Vector<T> shifted = x * T(1.4426950408889634) + shift;
  const Vector<T> n = shifted - shift;
  const Vector<T> r = (x - n * F::ln2_high) - n * F::ln2_low;
  T inverse_factorial[F::terms + 1] = {1};
  for (int k = 1; k <= F::terms; ++k) inverse_factorial[k] = inverse_factorial[k - 1] * k;
  Vector<T> sum = splat(T{1} / inverse_factorial[F::terms]);
#pragma GCC unroll 16
  for (int k = F::terms - 1; k >= 2; --k) sum = sum * r + T{1} / inverse_factorial[k];
  return {(Integers<T>)shifted - (Integers<T>)shift, r + r * r * sum};
}

template <class T>
inline Vector<T> exp(Vector<T> x) {
  const Vector<T> bound = splat(Format<T>::largest);
  x = x > bound ? bound : x < -bound ? -bound : x;  // NaN stays
  const auto [n, series] = reduce<T>(x);
  // In two factors: 2ⁿ alone may be too large or too small for a number that exp(x) is not.
  const Integers<T> half = n >> 1;
  return (T{1} + series) * power_of_two<T>(half) * power_of_two<T>(n - half);
}

/// tanh(x) = e/(e + 2) with e = exp(2x) − 1, for |x|: exact to the last bits near 0 too, where 1 − 2/(exp(2x) + 1) is
/// not.
template <class T>
inline Vector<T> tanh(Vector<T> x) {
  const Vector<T> bound = splat(Format<T>::tanh_is_one);
  Vector<T> size = x < T{0} ? -x : x;
  size = size > bound ? bound : size;
  const auto [n, series] = reduce<T>(size + size);
  const Vector<T> scale = power_of_two<T>(n);
  const Vector<T> e = scale * series + (scale - T{1});
  const Vector<T> result = e / (e + T{2});
  return x < T{0} ? -result : x == T{0} ? x : result;  // tanh(−0) is −0
}

/// 1/(1 + exp(−z)), by the exponential of a number that is not positive.
template <class T>
inline Vector<T> sigmoid(Vector<T> z) {
  const Vector<T> e = exp<T>(z < T{0} ? z : -z);
  return (z < T{0} ? e : splat(T{1})) / (T{1} + e);
}

/// z if z > 0 (or NaN), else slope·z; a slope of 0 gives 0 for −∞ too.
template <class T>
inline Vector<T> leaky_relu(Vector<T> z, T slope) {
  const Vector<T> below = slope == T{0} ? Vector<T>{} : slope * z;
  return z <= T{0} ? below : z;
}

/// Calls visit with the function of one activation, Vector → Vector.
template <class T, class Visit>
inline void with_activation(kernels::Activation activation, T slope, Visit visit) {
  switch (activation) {
    case kernels::Activation::identity:
      return visit([](Vector<T> z) { return z; });
    case kernels::Activation::tanh:
      return visit([](Vector<T> z) { return tanh<T>(z); });
    case kernels::Activation::sigmoid:
      return visit([](Vector<T> z) { return sigmoid<T>(z); });
    case kernels::Activation::leaky_relu:
      return visit([slope](Vector<T> z) { return leaky_relu<T>(z, slope); });
    case kernels::Activation::exp:
      return visit([](Vector<T> z) { return exp<T>(z); });
  }
}

/// Calls visit with ∂a/∂z as a function of a, which is all that these derivatives need (slope ≥ 0: then a > 0 where z >
/// 0).
template <class T, class Visit>
inline void with_derivative(kernels::Activation activation, T slope, Visit visit) {
  switch (activation) {
    case kernels::Activation::tanh:
      return visit([](Vector<T> a) { return T{1} - a * a; });
    case kernels::Activation::sigmoid:
      return visit([](Vector<T> a) { return a * (T{1} - a); });
    case kernels::Activation::leaky_relu:
      return visit([slope](Vector<T> a) { return a > T{0} ? splat(T{1}) : splat(slope); });
    case kernels::Activation::identity:
    case kernels::Activation::exp:
      return visit([](Vector<T>) { return splat(T{1}); });
  }
}

/// to[i] = f(from[i]); the two may be the same.
template <class T>
void activate(kernels::Activation activation, T slope, const T* from, T* to, std::size_t count) {
  constexpr std::size_t L = lanes<T>;
  with_activation<T>(activation, slope, [=](auto f) {
    std::size_t i = 0;
    for (; i + L <= count; i += L) store(to + i, f(load(from + i)));
    if (i == count) return;
    T rest[L] = {};
    for (std::size_t j = 0; i + j < count; ++j) rest[j] = from[i + j];
    store(rest, f(load(rest)));
    for (std::size_t j = 0; i + j < count; ++j) to[i + j] = rest[j];
  });
}

}  // namespace gradwalk::GRADWALK_LEVEL
