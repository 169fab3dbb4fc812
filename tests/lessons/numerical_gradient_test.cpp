// A backward that differentiates numerically is right, and it is told; exact rules in any precision are not.
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "spoilt_answers.hpp"

using namespace gradwalk;
using namespace gradwalk::harness;

namespace {

bool is_gradient(const Check& check, const std::string& name) {
  return name == "gradient" || (is_traced(check, name) && asked(check.trace->record, name).gradient);
}

/// The error of (L(v + h) − L(v − h))/2h, h = 10⁻⁵, where L is of order one: its rounding, ε/h.
void difference_quotient(const Check& check, const Expected& expected, std::vector<double>& values) {
  if (!is_gradient(check, expected.name)) return;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (std::abs(values[i]) > 1e-3) values[i] += (i % 2 ? 1 : -1) * 3e-11 * double(1 + i % 3);
}

void in_float(const Check&, const Expected&, std::vector<double>& values) {
  for (double& value : values) value = static_cast<double>(static_cast<float>(value));
}

/// Values of float, and products of them in double.
void partly_in_float(const Check& check, const Expected& expected, std::vector<double>& values) {
  if (expected.untouched.empty())
    for (double& value : values) value *= 1 + (is_gradient(check, expected.name) ? 4e-8 : 5e-8);
}

void rounded_otherwise(const Check&, const Expected&, std::vector<double>& values) {
  for (double& value : values) value *= 1 + 4e-16;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(numerical_gradients)

BOOST_AUTO_TEST_CASE(difference_quotients_are_told_and_keep_their_points) {
  for (const char* number : {"03", "04", "05", "06", "07", "08"}) BOOST_TEST_CONTEXT(number) {
      const Verdict verdict = judge_spoilt(lesson_named(number), difference_quotient);
      BOOST_TEST((verdict.status == Status::passed));
      BOOST_TEST(verdict.suspicions.size() == 1U);
    }
}

BOOST_AUTO_TEST_CASE(they_earn_nothing_where_the_lesson_says_so) {
  Lesson lesson = lesson_named("07");
  lesson.numerical_gradient_earns = false;
  const Verdict verdict = judge_spoilt(lesson, difference_quotient);
  for (const StepVerdict& step : verdict.steps) BOOST_TEST_CONTEXT(step.step.id) {
      const bool by_differences = step.step.id == "backward" || step.step.id == "reuse";
      BOOST_TEST((step.status == StepStatus::passed) == !by_differences);
    }
}

BOOST_AUTO_TEST_CASE(exact_rules_are_not) {
  for (const char* number : {"03", "04", "05", "06", "07", "08"})
    for (const Spoil& spoil : {Spoil(in_float), Spoil(rounded_otherwise)}) BOOST_TEST_CONTEXT(number) {
        const Verdict verdict = judge_spoilt(lesson_named(number), spoil);
        BOOST_TEST((verdict.status == Status::passed));
        BOOST_TEST(verdict.suspicions.empty());
      }
}

BOOST_AUTO_TEST_CASE(nor_are_sums_of_double_over_values_of_float) {
  for (const char* number : {"04", "05", "06", "07", "08"}) BOOST_TEST_CONTEXT(number) {
      BOOST_TEST(judge_spoilt(lesson_named(number), partly_in_float).suspicions.empty());
    }
}

BOOST_AUTO_TEST_SUITE_END()
