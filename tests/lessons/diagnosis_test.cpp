// What the diagnosis says to wrong numbers that are made here, without a program that gives them.
#include <boost/test/unit_test.hpp>
#include <functional>
#include <string>
#include <vector>

#include "gradwalk/harness/judge.hpp"
#include "gradwalk/harness/report.hpp"

using namespace gradwalk;
using namespace gradwalk::harness;

namespace {

/// What the lesson's judge says to answers that are right but for what `spoil` does to them.
Verdict judged(const std::string& number, const std::function<void(const Check&, NamedTensor&)>& spoil) {
  const Lesson lesson = lesson_named(number);
  const std::vector<Check> checks = lesson.checks("key", "submission");
  std::vector<RunResult> runs(checks.size());
  for (std::size_t c = 0; c < checks.size(); ++c) {
    runs[c].outcome = Outcome::answered;
    for (const Expected& expected : checks[c].expect) {
      NamedTensor answer{expected.name, expected.shape, expected.values};
      spoil(checks[c], answer);
      runs[c].reply.tensors.push_back(std::move(answer));
    }
  }
  return judge_answers(lesson, checks, std::move(runs));
}

/// The names of all mistakes that the wrong outputs called `name` are told.
std::vector<std::string> mistakes_of(const Verdict& verdict, const std::string& name) {
  std::vector<std::string> all;
  for (const CheckVerdict& check : verdict.checks)
    for (const OutputVerdict& output : check.outputs)
      if (output.name == name && output.fault != Fault::none) {
        BOOST_TEST(!output.explanations.empty(), check.id << ": " << name << " is wrong, and nothing is said about it");
        for (const Explanation& one : output.explanations) all.push_back(one.mistake);
      }
  return all;
}

const std::vector<double>& values_of(const Check& check, const std::string& name) {
  const Record& record = check.trace->record;
  return record[*record.find(name)].value;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(diagnosis)

BOOST_AUTO_TEST_CASE(right_answers_are_told_nothing) {
  const Verdict verdict = judged("06", [](const Check&, NamedTensor&) {});
  BOOST_TEST((verdict.status == Status::passed));
  BOOST_TEST(verdict.suspicions.empty());
}

// In saturated units a − 1 and a·(1 − a) are the same numbers.
BOOST_AUTO_TEST_CASE(two_mistakes_are_named_also_where_another_one_would_fit) {
  const Verdict verdict = judged("06", [](const Check& check, NamedTensor& answer) {
    if (check.function != "tanh" || answer.name != "dz") return;
    const std::vector<double>&a = values_of(check, "a"), &da = check.trace->upstream;
    for (std::size_t i = 0; i < a.size(); ++i) answer.values[i] = da[i] * (a[i] - 1);
  });
  const std::vector<std::string> named = mistakes_of(verdict, "dz");
  BOOST_TEST(named.size() >= 5U);
  for (const std::string& mistake : named) BOOST_TEST(mistake == "tanh-no-square + sign");
}

BOOST_AUTO_TEST_CASE(weights_that_move_before_dx_is_computed_are_named) {
  const Verdict verdict = judged("04", [](const Check& check, NamedTensor& answer) {
    if (!check.trace || answer.name != "dx") return;
    const Record& record = check.trace->record;
    const Tensor &W = record[*record.find("W")], &z = record[*record.find("z")];
    const std::size_t D = W.shape[1], H = W.shape[0];
    for (std::size_t i = 0; i < answer.values.size(); ++i)
      for (std::size_t j = 0; j < H; ++j)
        answer.values[i] -= 0.05 * z.gradient[i / D * H + j] * W.gradient[j * D + i % D];
  });
  const std::vector<std::string> named = mistakes_of(verdict, "dx");
  BOOST_TEST(!named.empty());
  for (const std::string& mistake : named) BOOST_TEST(mistake == "update-before-dx");
}

BOOST_AUTO_TEST_SUITE_END()
