// What the diagnosis says to wrong numbers that are made here, without a program that gives them.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
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

/// What every wrong `name` of lesson 04 is told, when `spoil` is done to it.
std::vector<std::string> told_of(const std::string& name, const Spoil& spoil) {
  return mistakes_of(judge_spoilt(lesson_named("04"),
                                  [&](const Check& check, const Expected& expected, std::vector<double>& answer) {
                                    if (check.trace && expected.name == name) spoil(check, expected, answer);
                                  }),
                     name);
}

void all_are(const std::vector<std::string>& named, const std::string& mistake) {
  BOOST_TEST(!named.empty());
  for (const std::string& one : named) BOOST_TEST(one == mistake);
}

BOOST_AUTO_TEST_CASE(a_sum_that_is_not_set_back_is_named) {
  const auto along_rows = [](const Check&, const Expected& expected, std::vector<double>& answer) {
    for (std::size_t i = 1; i < answer.size(); ++i)
      if (i % expected.shape[1] != 0) answer[i] += answer[i - 1];
  };
  all_are(told_of("dx", along_rows), "sum-not-reset");
  all_are(told_of("dW", along_rows), "sum-not-reset");
  all_are(told_of("db",
                  [](const Check&, const Expected&, std::vector<double>& answer) {
                    for (std::size_t i = 1; i < answer.size(); ++i) answer[i] += answer[i - 1];
                  }),
          "sum-not-reset");
  all_are(told_of("z",
                  [](const Check& check, const Expected& expected, std::vector<double>& answer) {
                    const std::vector<double>& b = values_of(check, "b");
                    const std::size_t cols = expected.shape[1];
                    for (std::size_t i = 1; i < answer.size(); ++i) answer[i] += answer[i - 1] - b[(i - 1) % cols];
                  }),
          "sum-not-reset");
}

BOOST_AUTO_TEST_CASE(a_tensor_in_the_place_of_another_is_named) {
  all_are(told_of("dx",
                  [](const Check& check, const Expected& expected, std::vector<double>& answer) {
                    const Record& record = check.trace->record;
                    const std::vector<double>&dW = record[*record.find("W")].gradient, &dz = check.trace->upstream;
                    const std::size_t D = expected.shape[1], H = dW.size() / D;
                    for (std::size_t i = 0; i < answer.size(); ++i) {
                      answer[i] = 0;
                      for (std::size_t j = 0; j < H; ++j) answer[i] += dz[i / D * H + j] * dW[j * D + i % D];
                    }
                  }),
          "another-tensor");
  all_are(told_of("dW", [](const Check& check, const Expected&,
                           std::vector<double>& answer) { answer = values_of(check, "W"); }),
          "another-tensor");
}

BOOST_AUTO_TEST_CASE(what_wrong_numbers_look_like_is_told_when_nothing_explains_them) {
  all_are(told_of("dx",
                  [](const Check&, const Expected& expected, std::vector<double>& answer) {
                    for (std::size_t i = 0; i < answer.size(); ++i)
                      if ((i + 1) % expected.shape[1] == 0) answer[i] = 0;
                  }),
          "last-column-missing");
  all_are(told_of("dW", [](const Check&, const Expected&,
                           std::vector<double>& answer) { std::reverse(answer.begin(), answer.end()); }),
          "turned-around");
  all_are(told_of("z",
                  [](const Check&, const Expected&, std::vector<double>& answer) {
                    for (double& one : answer) one = std::trunc(one);
                  }),
          "cut-to-whole");
}

BOOST_AUTO_TEST_SUITE_END()
