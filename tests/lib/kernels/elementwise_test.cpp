#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "kernels/levels.hpp"

// The functions on vectors against libm in long double: the error in units of the last place, and the same bits on
// every level.

namespace {

using gradwalk::kernels::Activation;
using gradwalk::kernels::Level;

long double exact(Activation f, long double z) {
  switch (f) {
    case Activation::exp:
      return std::exp(z);
    case Activation::tanh:
      return std::tanh(z);
    case Activation::sigmoid:
      return 1 / (1 + std::exp(-z));
    default:
      return z;
  }
}

template <class T>
std::vector<T> arguments() {
  const T largest = sizeof(T) == 4 ? T(110) : T(760);
  std::vector<T> values{T(0), -T(0), std::numeric_limits<T>::min(), std::numeric_limits<T>::denorm_min(), T(1), T(-1)};
  for (int i = -4000; i <= 4000; ++i) values.push_back(largest * T(i) / T(4000.3));
  for (int i = -2000; i <= 2000; ++i) values.push_back(T(i) / T(777.7));
  for (int e = 1; e < 40; ++e) values.push_back(std::ldexp(T(1.37), -e)), values.push_back(-std::ldexp(T(1.37), -e));
  return values;
}

/// Distance of y from the exact value in units of its last place, with those of the denormal numbers at the bottom.
template <class T>
double units(T y, long double value) {
  if (std::abs(value) > std::numeric_limits<T>::max()) return std::isinf(y) ? 0 : INFINITY;
  int exponent;
  std::frexp(value, &exponent);
  const int lowest = std::numeric_limits<T>::min_exponent - std::numeric_limits<T>::digits;
  return static_cast<double>(std::abs(y - value) /
                             std::ldexp(1.0L, std::max(exponent - std::numeric_limits<T>::digits, lowest)));
}

template <class T>
void check_accuracy(Activation f, double bound) {
  const auto z = arguments<T>();
  std::vector<T> first;
  for (const Level* level : gradwalk::kernels::levels()) {
    std::vector<T> a(z.size());
    level->of<T>().activate(f, T(0), z.data(), a.data(), z.size());
    double worst = 0;
    T where{};
    for (std::size_t i = 0; i < z.size(); ++i)
      if (const double error = units(a[i], exact(f, z[i])); !(error <= worst)) worst = error, where = z[i];
    BOOST_TEST(worst <= bound, level->name << ": " << worst << " units at " << where);
    if (first.empty()) first = a;
    BOOST_TEST(first == a, level->name << " has other bits than the first level");
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(elementwise)

BOOST_AUTO_TEST_CASE(exp_is_right_to_two_units) {
  check_accuracy<float>(Activation::exp, 2);
  check_accuracy<double>(Activation::exp, 2);
}
BOOST_AUTO_TEST_CASE(tanh_is_right_to_three_units) {
  check_accuracy<float>(Activation::tanh, 3);
  check_accuracy<double>(Activation::tanh, 3);
}
BOOST_AUTO_TEST_CASE(sigmoid_is_right_to_three_units) {
  check_accuracy<float>(Activation::sigmoid, 3);
  check_accuracy<double>(Activation::sigmoid, 3);
}

BOOST_AUTO_TEST_CASE(the_ends_are_right) {
  const double infinity = INFINITY;
  for (const Level* level : gradwalk::kernels::levels()) {
    const auto at = [&](Activation f, double z, double slope = 0) {
      double a = 0;
      level->of<double>().activate(f, slope, &z, &a, 1);
      return a;
    };
    BOOST_TEST(at(Activation::exp, -infinity) == 0);
    BOOST_TEST(at(Activation::exp, infinity) == infinity);
    BOOST_TEST(at(Activation::exp, 0) == 1);
    BOOST_TEST(at(Activation::tanh, infinity) == 1);
    BOOST_TEST(at(Activation::tanh, -infinity) == -1);
    BOOST_TEST(std::signbit(at(Activation::tanh, -0.0)));
    BOOST_TEST(at(Activation::sigmoid, infinity) == 1);
    BOOST_TEST(at(Activation::sigmoid, -infinity) == 0);
    BOOST_TEST(at(Activation::leaky_relu, -infinity) == 0);
    BOOST_TEST(at(Activation::leaky_relu, -infinity, 0.1) == -infinity);
    BOOST_TEST(at(Activation::leaky_relu, -2, 0.25) == -0.5);
    BOOST_TEST(at(Activation::leaky_relu, 3, 0.25) == 3);
    for (const auto f :
         {Activation::exp, Activation::tanh, Activation::sigmoid, Activation::leaky_relu, Activation::identity})
      BOOST_TEST(std::isnan(at(f, NAN, 0.1)));
  }
}

BOOST_AUTO_TEST_SUITE_END()
