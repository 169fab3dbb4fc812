// What the diagnosis says to wrong numbers that are made here, without a program that gives them.
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "spoilt_answers.hpp"

using namespace gradwalk;
using namespace gradwalk::harness;

namespace {

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
  const Verdict verdict = judge_spoilt(lesson_named("06"), [](const Check&, const Expected&, std::vector<double>&) {});
  BOOST_TEST((verdict.status == Status::passed));
  BOOST_TEST(verdict.suspicions.empty());
}

// In saturated units a − 1 and a·(1 − a) are the same numbers.
BOOST_AUTO_TEST_CASE(two_mistakes_are_named_also_where_another_one_would_fit) {
  const Verdict verdict =
      judge_spoilt(lesson_named("06"), [](const Check& check, const Expected& expected, std::vector<double>& answer) {
        if (check.function != "tanh" || expected.name != "dz") return;
        const std::vector<double>&a = values_of(check, "a"), &da = check.trace->upstream;
        for (std::size_t i = 0; i < a.size(); ++i) answer[i] = da[i] * (a[i] - 1);
      });
  const std::vector<std::string> named = mistakes_of(verdict, "dz");
  BOOST_TEST(named.size() >= 5U);
  for (const std::string& mistake : named) BOOST_TEST(mistake == "tanh-no-square + sign");
}

BOOST_AUTO_TEST_CASE(weights_that_move_before_dx_is_computed_are_named) {
  const Verdict verdict =
      judge_spoilt(lesson_named("04"), [](const Check& check, const Expected& expected, std::vector<double>& answer) {
        if (!check.trace || expected.name != "dx") return;
        const Record& record = check.trace->record;
        const Tensor &W = record[*record.find("W")], &z = record[*record.find("z")];
        const std::size_t D = W.shape[1], H = W.shape[0];
        for (std::size_t i = 0; i < answer.size(); ++i)
          for (std::size_t j = 0; j < H; ++j) answer[i] -= 0.05 * z.gradient[i / D * H + j] * W.gradient[j * D + i % D];
      });
  const std::vector<std::string> named = mistakes_of(verdict, "dx");
  BOOST_TEST(!named.empty());
  for (const std::string& mistake : named) BOOST_TEST(mistake == "update-before-dx");
}

BOOST_AUTO_TEST_SUITE_END()
