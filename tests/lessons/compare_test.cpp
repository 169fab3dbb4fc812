#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <string>

#include "gradwalk/harness/judge.hpp"
#include "gradwalk/harness/report.hpp"

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

namespace {

/// What is told when the right answers come back, but for those of one name, which no mistake explains.
std::string report_with_nonsense_in(const char* lesson_number, const std::string& function, const std::string& name) {
  const Lesson lesson = lesson_named(lesson_number);
  const std::vector<Check> checks = lesson.checks("key", "submission");
  std::vector<RunResult> runs;
  for (const Check& check : checks) {
    RunResult run;
    run.outcome = Outcome::answered;
    run.reply.fault = ReplyFault::none;
    for (const Expected& expected : check.expect) {
      run.reply.tensors.push_back({expected.name, expected.shape, expected.values});
      std::vector<double>& values = run.reply.tensors.back().values;
      if (check.function == function && expected.name == name)
        for (std::size_t i = 0; i < values.size(); ++i) values[i] = 0.37 + 0.11 * static_cast<double>(i * i % 7);
    }
    runs.push_back(std::move(run));
  }
  Verdict verdict = judge_answers(lesson, checks, std::move(runs));
  verdict.compiled.outcome = CompileOutcome::compiled;
  return text_report(lesson, verdict, "exercise.hpp", false);
}

bool blames_its_rule(const std::string& report) { return report.find("own rule is wrong") != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(telling)

BOOST_AUTO_TEST_CASE(a_rule_is_blamed_where_all_that_it_uses_is_known) {
  BOOST_TEST(blames_its_rule(report_with_nonsense_in("04", "forward", "z")));
  BOOST_TEST(blames_its_rule(report_with_nonsense_in("04", "backward", "dW")));
  BOOST_TEST(blames_its_rule(report_with_nonsense_in("08", "step", "dz1")));
}

BOOST_AUTO_TEST_CASE(no_rule_is_blamed_where_a_hidden_one_may_be_wrong) {
  BOOST_TEST(!blames_its_rule(report_with_nonsense_in("09", "passes", "dW1")));       // or dz1
  BOOST_TEST(!blames_its_rule(report_with_nonsense_in("09", "epoch", "W1")));         // no trace
  BOOST_TEST(!blames_its_rule(report_with_nonsense_in("04", "second_batch", "dW")));  // or what is kept
}

BOOST_AUTO_TEST_CASE(a_step_that_gives_what_the_empty_one_gives_is_not_said_to_be_unattempted) {
  const Lesson lesson = lesson_named("04");
  Verdict verdict;
  verdict.compiled.outcome = CompileOutcome::compiled;
  verdict.status = Status::failed;
  for (const Step& step : lesson.steps) verdict.steps.push_back({step, StepStatus::failed, 0});
  verdict.steps.back().status = StepStatus::not_attempted;
  const std::string report = text_report(lesson, verdict, "exercise.hpp", false);
  BOOST_TEST(report.find("not attempted") == std::string::npos);
  BOOST_TEST(report.find("still gives what the empty exercise gives") != std::string::npos);
  for (StepVerdict& step : verdict.steps) step.status = StepStatus::not_attempted;
  verdict.status = Status::not_attempted;
  BOOST_TEST(text_report(lesson, verdict, "exercise.hpp", false).find("not attempted") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
