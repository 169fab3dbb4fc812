#include "gradwalk/nn/generators.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <numbers>

using namespace gradwalk;

namespace {

constexpr double tiny = 1e-12;

/// Of what the noise of 0.3 adds to each coordinate: mean near 0, deviation near 0.3, and no two numbers alike.
void check_noise(const Samples<double>& with, const Matrix<double>& without) {
  double sum = 0, squares = 0;
  for (std::size_t i = 0; i < without.size(); ++i) {
    const double noise = with.x.values()[i] - without.values()[i];
    sum += noise;
    squares += noise * noise;
  }
  const auto n = static_cast<double>(without.size());
  BOOST_TEST(std::abs(sum / n) < 0.02);
  BOOST_TEST(std::abs(std::sqrt(squares / n) - 0.3) < 0.02);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(generators)

BOOST_AUTO_TEST_CASE(four_points_of_xor_are_the_truth_table) {
  const Samples<double> table = make_xor(4, 0, 1);
  int seen = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const int x1 = static_cast<int>(table.x(i, 0)), x2 = static_cast<int>(table.x(i, 1));
    BOOST_TEST(table.targets.labels[i] == (x1 ^ x2));
    seen |= 1 << (2 * x1 + x2);
  }
  BOOST_TEST(seen == 0b1111);
  check_noise(make_xor(2000, 0.3, 5), make_xor(2000, 0, 5).x);
}

BOOST_AUTO_TEST_CASE(moons_lie_on_their_half_circles) {
  const Samples<double> moons = make_moons(100, 0, 1);
  for (std::size_t i = 0; i < 100; ++i) {
    const double x1 = moons.x(i, 0), x2 = moons.x(i, 1);
    const bool upper = moons.targets.labels[i] == 0;
    BOOST_TEST(std::abs(std::hypot(upper ? x1 : x1 - 1, upper ? x2 : x2 - 0.5) - 1) < tiny);
    BOOST_TEST((upper ? x2 >= 0 : x2 <= 0.5));
  }
}

BOOST_AUTO_TEST_CASE(blobs_stand_around_their_centres) {
  const Samples<double> centres = make_blobs(8, 4, 0, 1);
  const double expected[4][2] = {{3, 0}, {0, 3}, {-3, 0}, {0, -3}};
  for (std::size_t i = 0; i < 8; ++i) {
    BOOST_TEST(centres.targets.labels[i] == static_cast<int>(i % 4));
    for (std::size_t j = 0; j < 2; ++j) BOOST_TEST(std::abs(centres.x(i, j) - expected[i % 4][j]) < tiny);
  }
  check_noise(make_blobs(2000, 4, 0.3, 5), make_blobs(2000, 4, 0, 5).x);
}

BOOST_AUTO_TEST_CASE(spirals_turn_with_the_radius) {
  const Samples<double> arms = make_spirals(90, 3, 0.75, 0, 1);
  double furthest = 0;
  for (std::size_t i = 0; i < 90; ++i) {
    const double radius = std::hypot(arms.x(i, 0), arms.x(i, 1));
    const double angle = 2 * std::numbers::pi * (arms.targets.labels[i] / 3. + 0.75 * radius);
    BOOST_TEST(std::abs(arms.x(i, 0) - radius * std::cos(angle)) < tiny);
    BOOST_TEST(std::abs(arms.x(i, 1) - radius * std::sin(angle)) < tiny);
    furthest = std::max(furthest, radius);
  }
  BOOST_TEST(furthest > 0.9);
  BOOST_TEST(furthest < 1.0);
}

BOOST_AUTO_TEST_CASE(the_curve_is_a_regression) {
  const Samples<double> curve = make_curve(500, 0, 1);
  BOOST_TEST(curve.targets.labels.empty());
  for (std::size_t i = 0; i < 500; ++i) {
    BOOST_TEST(std::abs(curve.x(i, 0)) <= 1);
    BOOST_TEST(curve.targets.values(i, 0) == std::sin(std::numbers::pi * curve.x(i, 0)));
  }
}

BOOST_AUTO_TEST_CASE(the_seed_decides) {
  BOOST_TEST((make_moons(50, 0.1, 3).x == make_moons(50, 0.1, 3).x));
  BOOST_TEST((make_moons(50, 0.1, 3).x != make_moons(50, 0.1, 4).x));
}

BOOST_AUTO_TEST_SUITE_END()
