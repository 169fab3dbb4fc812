#include "gradwalk/tracer/number.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>

using gradwalk::format_number;

BOOST_AUTO_TEST_CASE(four_states_that_never_look_alike) {
  BOOST_TEST(format_number(0) == "0");
  BOOST_TEST(format_number(-0.0) == "0");
  BOOST_TEST(format_number(1e-300) == "1.00e-300");
  BOOST_TEST(format_number(1.2345e-7) == "1.23e-07");
  BOOST_TEST(format_number(0.4878272254916286) == "0.4878");
}

BOOST_AUTO_TEST_CASE(what_is_exact_is_short_and_what_was_rounded_keeps_its_zeros) {
  BOOST_TEST(format_number(0.25) == "0.25");
  BOOST_TEST(format_number(-4) == "-4");
  BOOST_TEST(format_number(0.50001) == "0.5000");
  BOOST_TEST(format_number(0.1 + 0.2) == "0.3000");  // 0.30000000000000004
  BOOST_TEST(format_number(9.9999) == "10.00");
  BOOST_TEST(format_number(123456.7) == "123457");
  BOOST_TEST(format_number(1e6) == "1.00e+06");
}

BOOST_AUTO_TEST_CASE(digits_are_what_was_asked_for) {
  BOOST_TEST(format_number(1.0 / 3, 1) == "0.3");
  BOOST_TEST(format_number(1.0 / 3, 8) == "0.33333333");
  BOOST_TEST(std::stod(format_number(1.0 / 3, 17)) == 1.0 / 3);
  BOOST_TEST(format_number(2.0 / 3e5, 2) == "7e-06");
}

BOOST_AUTO_TEST_CASE(what_is_not_a_number_says_so) {
  BOOST_TEST(format_number(std::nan("")) == "NaN");
  BOOST_TEST(format_number(-std::numeric_limits<double>::infinity()) == "-inf");
  BOOST_TEST(gradwalk::with_minus_sign("-1.2e-07") == "−1.2e−07");
}
