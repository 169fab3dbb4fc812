// A NaN or an infinity in an answer is followed to the first operation that made it. The answers are written down by
// hand: which of them are no numbers follows from where exp overflows (z > 709.78) and underflows (z < −745.1).
#include <boost/test/unit_test.hpp>
#include <limits>

#include "gradwalk/harness/judge.hpp"

using namespace gradwalk;
using namespace gradwalk::harness;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN(), infinite = std::numeric_limits<double>::infinity();

/// Two rows: one ordinary, one with a logit of 800.
Trace logits(OpKind kind) {
  Trace t;
  t.input("z", {2, 2}, {0.5, -0.25, 800, -10});
  if (kind == OpKind::softmax_cross_entropy) t.target("y", {2}, {0, 1});
  t.op(kind, kind == OpKind::softmax ? std::vector<std::string>{"z"} : std::vector<std::string>{"z", "y"},
       kind == OpKind::softmax ? "p" : "L");
  kind == OpKind::softmax ? t.backward("p", {1, 2, 3, 4}) : t.backward("L", {1});
  return t;
}

RunResult answer(std::vector<NamedTensor> tensors) {
  RunResult run;
  run.outcome = Outcome::answered;
  run.reply.fault = ReplyFault::none;
  run.reply.tensors = std::move(tensors);
  return run;
}

std::string origin(const std::vector<Check>& checks, const std::vector<RunResult>& runs, const std::string& name) {
  Lesson lesson;
  lesson.steps = {{"step", "step", 1}};
  const Verdict verdict = judge_answers(lesson, checks, runs);
  for (const OutputVerdict& output : verdict.checks.at(0).outputs)
    if (output.name == name) return output.origin;
  return "no such output";
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const Check forward = traced_check("softmax", "f", logits(OpKind::softmax), {"z"}, {{"p", "step"}});
const Check both = traced_check("softmax", "f", logits(OpKind::softmax), {"z", "dp"}, {{"p", "step"}, {"dz", "step"}});
const Check loss = traced_check("loss", "f", logits(OpKind::softmax_cross_entropy), {"z", "y"}, {{"L", "step"}});

}  // namespace

BOOST_AUTO_TEST_SUITE(first_non_number)

BOOST_AUTO_TEST_CASE(an_overflow_is_told_with_its_numbers) {
  const std::string told = origin({forward}, {answer({{"p", {2, 2}, {0.679, 0.321, none, 0}}})}, "p");
  BOOST_TEST(holds(told, "exp(z[1,0]) = exp(800) = inf"), told);
  BOOST_TEST(holds(told, "inf/inf = NaN"), told);
}

BOOST_AUTO_TEST_CASE(with_the_maximum_of_all_subtracted_it_is_zero_over_zero) {
  // exp(0.5 − 800) and exp(−0.25 − 800) are 0.
  const std::string told = origin({forward}, {answer({{"p", {2, 2}, {none, none, 1, 0}}})}, "p");
  BOOST_TEST(holds(told, "exp(z[0,0] − max)/Σ = 0/0 = NaN"), told);
}

BOOST_AUTO_TEST_CASE(what_is_computed_from_a_nan_is_traced_to_it) {
  const std::string told =
      origin({both}, {answer({{"p", {2, 2}, {0.679, 0.321, none, 0}}, {"dz", {2, 2}, {0.1, 0.2, none, none}}})}, "dz");
  BOOST_TEST(holds(told, "p[1,0] is NaN already"), told);
}

BOOST_AUTO_TEST_CASE(a_logarithm_of_zero_is_told) {
  // Softmax with its maximum: p[1,1] = exp(−810) = 0.
  const std::string told = origin({loss}, {answer({{"L", {}, {infinite}}})}, "L");
  BOOST_TEST(holds(told, "log(p[1,1]) = log(0) = -inf"), told);
}

BOOST_AUTO_TEST_CASE(another_check_decides_between_two_formulas) {
  // Without the maximum, log Σ exp(z) overflows here as well, where the label has a probability near 1.
  Trace t;
  t.input("z", {1, 2}, {800, -10});
  t.target("y", {1}, {0});
  t.op(OpKind::softmax_cross_entropy, {"z", "y"}, "L");
  t.backward("L", {1});
  const Check certain = traced_check("certain", "f", t, {"z", "y"}, {{"L", "step"}});
  const std::string told =
      origin({loss, certain}, {answer({{"L", {}, {infinite}}}), answer({{"L", {}, {infinite}}})}, "L");
  BOOST_TEST(holds(told, "exp(z[1,0]) = exp(800) = inf"), told);
}

BOOST_AUTO_TEST_CASE(in_float_it_overflows_earlier) {
  Trace t;
  t.input("z", {1, 2}, {100, 1});
  t.op(OpKind::softmax, {"z"}, "p");
  const Check check = traced_check("float", "f", t, {"z"}, {{"p", "step"}});
  const std::string told = origin({check}, {answer({{"p", {1, 2}, {none, 0}}})}, "p");
  BOOST_TEST(holds(told, "exp(100) = inf"), told);
  BOOST_TEST(holds(told, "float"), told);
}

BOOST_AUTO_TEST_CASE(what_no_formula_explains_is_located_at_least) {
  const std::string told = origin({forward}, {answer({{"p", {2, 2}, {0.679, none, 1, 0}}})}, "p");
  BOOST_TEST(holds(told, "in computing p itself"), told);
}

BOOST_AUTO_TEST_CASE(nothing_is_said_where_all_are_numbers) {
  BOOST_TEST(origin({forward}, {answer({{"p", {2, 2}, {0.679, 0.5, 1, 0}}})}, "p").empty());
}

BOOST_AUTO_TEST_SUITE_END()
