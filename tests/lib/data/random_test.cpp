#include "gradwalk/nn/random.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <numeric>

// Expected numbers: a Python program written from the paper of MT19937-64 (Nishimura, 2000), checked by the value that
// the C++ standard gives for the 10000th call (9981545732273789042 for seed 5489).

using namespace gradwalk;

BOOST_AUTO_TEST_SUITE(random_numbers)

BOOST_AUTO_TEST_CASE(uniform_and_normal_are_the_same_everywhere) {
  Random random(42);
  for (const double expected : {0.755155532954539, 0.6390313938546974, 0.7521452007480266}) {
    BOOST_TEST(random.uniform() == expected);
  }
  Random normal(42);
  BOOST_TEST(normal.normal() == -1.0771745442782885, boost::test_tools::tolerance(1e-14));
  BOOST_TEST(normal.normal() == -1.2860634502166481, boost::test_tools::tolerance(1e-14));
}

BOOST_AUTO_TEST_CASE(below_and_shuffle_are_the_same_everywhere) {
  Random random(42);
  for (const unsigned expected : {6, 4, 0, 2, 1, 8, 6, 4}) BOOST_TEST(random.below(10) == expected);
  std::array<int, 10> order{};
  std::iota(order.begin(), order.end(), 0);
  Random(1).shuffle(std::span<int>(order));
  BOOST_TEST(order == (std::array{1, 7, 3, 9, 4, 0, 5, 2, 6, 8}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(below_has_no_bias) {
  // Of n = 3·2^62, the remainder of 64 random bits would fall below 2^62 in one case of two; it should be one of three.
  constexpr std::uint64_t quarter = std::uint64_t{1} << 62;
  Random random(3);
  int low = 0;
  for (int i = 0; i < 30'000; ++i) low += random.below(3 * quarter) < quarter ? 1 : 0;
  BOOST_TEST(std::abs(low - 10'000) < 5 * 82);  // five standard deviations of the binomial distribution
  BOOST_TEST(random.below(1) == 0u);
}

BOOST_AUTO_TEST_CASE(moments_of_the_normal) {
  Random random(7);
  constexpr int n = 200'000;
  double sum = 0, squares = 0, fourth = 0;
  for (int i = 0; i < n; ++i) {
    const double z = random.normal();
    sum += z;
    squares += z * z;
    fourth += z * z * z * z;
  }
  BOOST_TEST(std::abs(sum / n) < 5 / std::sqrt(n));
  BOOST_TEST(std::abs(squares / n - 1) < 5 * std::sqrt(2. / n));
  BOOST_TEST(std::abs(fourth / n - 3) < 5 * std::sqrt(96. / n));
}

BOOST_AUTO_TEST_SUITE_END()
