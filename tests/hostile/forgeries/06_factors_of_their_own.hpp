// A factor of its own in every function: four mistakes, each of which costs a value and its gradient. That nothing is
// kept of the call before is right.
// earns 1
#pragma once
#include "gradwalk/exercise.hpp"
template <class Function>
struct Scaled {
  Matrix z_;
  template <class Of>
  static Matrix each(const Matrix& m, Of of) {
    Matrix result = m;
    for (std::size_t n = 0; n < m.rows(); ++n)
      for (std::size_t j = 0; j < m.cols(); ++j) result(n, j) = of(n, j);
    return result;
  }
  Matrix forward(const Matrix& z) {
    z_ = z;
    return each(z, [&](std::size_t n, std::size_t j) { return Function::factor * Function::value(z(n, j)); });
  }
  Matrix backward(const Matrix& da) {
    return each(da,
                [&](std::size_t n, std::size_t j) { return Function::factor * da(n, j) * Function::slope(z_(n, j)); });
  }
};
struct TwiceTanh {
  static constexpr double factor = 2;
  static double value(double z) { return std::tanh(z); }
  static double slope(double z) { return 1 - value(z) * value(z); }
};
struct ThriceSigmoid {
  static constexpr double factor = 3;
  static double value(double z) { return 1 / (1 + std::exp(-z)); }
  static double slope(double z) { return value(z) * (1 - value(z)); }
};
struct FiveReLU {
  static constexpr double factor = 5;
  static double value(double z) { return z > 0 ? z : 0; }
  static double slope(double z) { return z > 0 ? 1 : 0; }
};
struct SevenLeaky {
  static constexpr double factor = 7;
  static double value(double z) { return z > 0 ? z : 0.125 * z; }
  static double slope(double z) { return z > 0 ? 1 : 0.125; }
};
struct Tanh : Scaled<TwiceTanh> {};
struct Sigmoid : Scaled<ThriceSigmoid> {};
struct ReLU : Scaled<FiveReLU> {};
struct LeakyReLU : Scaled<SevenLeaky> {
  double slope = 0.01;
};
