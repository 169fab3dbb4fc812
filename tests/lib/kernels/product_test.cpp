#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstring>
#include <vector>

#include "gradwalk/nn/kernels.hpp"
#include "kernels/levels.hpp"

// The tiles against the three loops: every element is summed in the order of k with one rounding a step (std::fma,
// where the level fuses) or two, so the bits have to be equal, for every shape that leaves a remainder somewhere.

namespace {

using gradwalk::Matrix;
using gradwalk::kernels::Level;
using gradwalk::kernels::Order;
using gradwalk::kernels::Product;

/// Numbers of both signs with full mantissas, the same in every run.
template <class T>
std::vector<T> numbers(std::size_t count, unsigned seed) {
  std::vector<T> values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = static_cast<T>(std::sin(static_cast<double>(i * 7919 + seed)));
  return values;
}

template <class T>
void check_against_loops(const Level& level, std::size_t m, std::size_t n, std::size_t k, Order order_A, Order order_B,
                         bool with_bias) {
  const auto A = numbers<T>(m * k, 1), B = numbers<T>(k * n, 2), bias = numbers<T>(n, 3);
  const std::size_t stride_C = n + 3;
  std::vector<T> C(m * stride_C, T{77});
  const std::size_t stride_A = order_A == Order::as_is ? k : m, stride_B = order_B == Order::as_is ? n : k;
  level.of<T>().product({m, n, k, A.data(), stride_A, order_A, B.data(), stride_B, order_B,
                         with_bias ? bias.data() : nullptr, C.data(), stride_C});
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < m; ++i)
    for (std::size_t j = 0; j < stride_C; ++j) {
      T expected{77};  // beyond the columns nothing may be written
      if (j < n) {
        expected = T{0};
        for (std::size_t l = 0; l < k; ++l) {
          const T a = order_A == Order::as_is ? A[i * k + l] : A[l * m + i];
          const T b = order_B == Order::as_is ? B[l * n + j] : B[j * k + l];
          expected = level.fuses ? std::fma(a, b, expected) : expected + a * b;
        }
        if (with_bias) expected += bias[j];
      }
      wrong += std::memcmp(&expected, &C[i * stride_C + j], sizeof(T)) != 0;
    }
  BOOST_TEST(wrong == 0u,
             level.name << ' ' << sizeof(T) << " bytes, " << m << 'x' << n << 'x' << k << ": " << wrong << " wrong");
}

template <class T>
void check_shapes() {
  for (const Level* level : gradwalk::kernels::levels())
    for (const Order a : {Order::as_is, Order::transposed})
      for (const Order b : {Order::as_is, Order::transposed}) {
        for (std::size_t m = 1; m <= 18; ++m) check_against_loops<T>(*level, m, 33, 19, a, b, m % 2 == 0);
        for (std::size_t n = 1; n <= 70; ++n) check_against_loops<T>(*level, 5, n, 18, a, b, n % 2 == 0);
        for (const std::size_t k : {0, 1, 2, 15, 16, 255, 256, 257, 600})
          check_against_loops<T>(*level, 3, 40, k, a, b, true);
        check_against_loops<T>(*level, 300, 35, 70, a, b, false);
      }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(product)

BOOST_AUTO_TEST_CASE(every_shape_gives_the_bits_of_the_loops_in_float) { check_shapes<float>(); }
BOOST_AUTO_TEST_CASE(every_shape_gives_the_bits_of_the_loops_in_double) { check_shapes<double>(); }

BOOST_AUTO_TEST_CASE(the_plain_kernels_agree_to_rounding) {
  const Matrix<double> x(9, 21, numbers<double>(9 * 21, 1)), W(37, 21, numbers<double>(37 * 21, 2)),
      dz(9, 37, numbers<double>(9 * 37, 3));
  const std::vector<double> b = numbers<double>(37, 4);
  Matrix<double> z(9, 37), dW(37, 21), dx(9, 21), plain_z = z, plain_dW = dW, plain_dx = dx;
  namespace kernels = gradwalk::kernels;
  kernels::linear_forward(x, W, std::span<const double>(b), z);
  kernels::linear_backward_dW(dz, x, dW);
  kernels::linear_backward_dx(dz, W, dx);
  kernels::plain::linear_forward(x, W, std::span<const double>(b), plain_z);
  kernels::plain::linear_backward_dW(dz, x, plain_dW);
  kernels::plain::linear_backward_dx(dz, W, plain_dx);
  std::vector<double> db(37), plain_db(37);
  kernels::linear_backward_db(dz, std::span<double>(db));
  kernels::plain::linear_backward_db(dz, std::span<double>(plain_db));
  BOOST_TEST(db == plain_db, boost::test_tools::per_element());  // the same sums in the same order
  for (std::size_t i = 0; i < z.size(); ++i) BOOST_TEST(std::abs(z.values()[i] - plain_z.values()[i]) <= 1e-13);
  for (std::size_t i = 0; i < dW.size(); ++i) BOOST_TEST(std::abs(dW.values()[i] - plain_dW.values()[i]) <= 1e-13);
  for (std::size_t i = 0; i < dx.size(); ++i) BOOST_TEST(std::abs(dx.values()[i] - plain_dx.values()[i]) <= 1e-13);
}

BOOST_AUTO_TEST_CASE(a_nan_and_an_infinity_come_through) {
  for (const Level* level : gradwalk::kernels::levels()) {
    std::vector<double> A(4 * 3, 1.0), B(3 * 2, 1.0), C(4 * 2);
    A[1 * 3 + 2] = std::nan("");
    A[2 * 3 + 0] = INFINITY;
    level->of<double>().product({4, 2, 3, A.data(), 3, Order::as_is, B.data(), 2, Order::as_is, nullptr, C.data(), 2});
    BOOST_TEST(C[0] == 3.0);
    BOOST_TEST(std::isnan(C[1 * 2 + 1]));
    BOOST_TEST(C[2 * 2] == INFINITY);
    BOOST_TEST(C[3 * 2 + 1] == 3.0);
  }
}

BOOST_AUTO_TEST_SUITE_END()
