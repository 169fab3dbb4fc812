#include "gradwalk/nn/difference.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>

using namespace gradwalk;

namespace {

Probe smooth(double value) { return {value, 0}; }

}  // namespace

BOOST_AUTO_TEST_CASE(derivatives_known_by_heart_lie_within_the_error_bar) {
  for (double w : {-3.0, -0.4, 0.0, 1e-3, 0.7, 2.5, 12.0}) {
    const Difference s = differentiate([](double v) { return smooth(std::sin(v)); }, w);
    BOOST_TEST(std::abs(s.value - std::cos(w)) <= s.error);
    BOOST_TEST(s.error < 1e-6 * std::max(1.0, w * w));
    const Difference t = differentiate([](double v) { return smooth(std::tanh(v)); }, w);
    BOOST_TEST(std::abs(t.value - (1 - std::tanh(w) * std::tanh(w))) <= t.error);
    const Difference e = differentiate([](double v) { return smooth(std::exp(v)); }, w);
    BOOST_TEST(std::abs(e.value - std::exp(w)) <= e.error);
  }
}

BOOST_AUTO_TEST_CASE(a_rule_off_by_2_001_for_2_is_wrong) {
  const Difference d = differentiate([](double v) { return smooth(v * v); }, 1.0);
  BOOST_TEST((judge(2.0, d) == Judgement::right));
  BOOST_TEST((judge(2.001, d) == Judgement::wrong));
  BOOST_TEST((judge(2.0 + 1e-6, d) == Judgement::wrong));
}

BOOST_AUTO_TEST_CASE(nan_and_infinity_are_never_right) {
  const Difference d = differentiate([](double v) { return smooth(v * v); }, 1.0);
  BOOST_TEST((judge(std::nan(""), d) == Judgement::wrong));
  BOOST_TEST((judge(std::numeric_limits<double>::infinity(), d) == Judgement::wrong));
  const Difference lost = differentiate([](double v) { return smooth(std::log(v)); }, -1.0);
  BOOST_TEST((judge(-1.0, lost) == Judgement::cannot_tell));
}

BOOST_AUTO_TEST_CASE(a_kink_within_the_step_is_stepped_around_or_told) {
  const auto relu = [](double v) { return Probe{v > 0 ? v : 0, v > 0}; };
  const Difference near = differentiate(relu, 1e-5);  // the first step reaches over the kink, a smaller one does not
  BOOST_TEST(!near.kink);
  BOOST_TEST((judge(1.0, near) == Judgement::right));
  BOOST_TEST((judge(0.0, near) == Judgement::wrong));
  const Difference at = differentiate(relu, 0.0);
  BOOST_TEST(at.kink);
  BOOST_TEST((judge(0.5, at) == Judgement::cannot_tell));
}
