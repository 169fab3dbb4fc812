#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>

#include "gradwalk/harness/judge.hpp"

using namespace gradwalk;
using namespace gradwalk::harness;

namespace {

const Expected three = expected("dW", "dW", {3}, {1.0, -2.0, 0.5});

Fault fault_of(Shape shape, std::vector<double> values) {
  const NamedTensor got{"dW", std::move(shape), std::move(values)};
  return compare(three, &got).fault;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(comparing)

BOOST_AUTO_TEST_CASE(right_numbers_pass_and_float_rounding_too) {
  BOOST_TEST((fault_of({3}, {1.0, -2.0, 0.5}) == Fault::none));
  BOOST_TEST((fault_of({3}, {1.0f + 1e-7, -2.0, 0.5}) == Fault::none));
}

BOOST_AUTO_TEST_CASE(a_wrong_element_is_named_with_both_numbers) {
  const NamedTensor got{"dW", {3}, {1.0, 2.0, 0.5}};
  const OutputVerdict verdict = compare(three, &got);
  BOOST_TEST((verdict.fault == Fault::different));
  BOOST_TEST(verdict.first == "dW[1]");
  BOOST_TEST(verdict.wanted == -2.0);
  BOOST_TEST(verdict.got == 2.0);
  BOOST_TEST(verdict.wrong == 1U);
}

BOOST_AUTO_TEST_CASE(nan_and_infinity_never_pass) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();
  BOOST_TEST((fault_of({3}, {1.0, nan, 0.5}) == Fault::not_finite));
  BOOST_TEST((fault_of({3}, {inf, -2.0, 0.5}) == Fault::not_finite));
  BOOST_TEST((fault_of({3}, {nan, nan, nan}) == Fault::not_finite));
}

BOOST_AUTO_TEST_CASE(shapes_must_agree) {
  BOOST_TEST((fault_of({1, 3}, {1.0, -2.0, 0.5}) == Fault::wrong_shape));
  BOOST_TEST((fault_of({2}, {1.0, -2.0}) == Fault::wrong_shape));
  BOOST_TEST((compare(three, nullptr).fault == Fault::missing));
}

BOOST_AUTO_TEST_CASE(zeros_are_untouched_not_just_wrong) { BOOST_TEST((fault_of({3}, {0, 0, 0}) == Fault::untouched)); }

BOOST_AUTO_TEST_CASE(nothing_compared_is_nothing_passed) {
  const Expected empty = expected("dW", "dW", {0}, {});
  const NamedTensor got{"dW", {0}, {}};
  BOOST_TEST((compare(empty, &got).fault != Fault::none));
}

BOOST_AUTO_TEST_SUITE_END()
