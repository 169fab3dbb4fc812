#include "forgiveness.hpp"

#include <algorithm>
#include <string>

#include "carried_numbers.hpp"
#include "predictions.hpp"

namespace gradwalk::harness {
namespace {

/// Answer `output` of check `check`, as it was judged.
struct Answer {
  const Check& check;
  const Expected& expected;
  const std::vector<double>& got;
  OutputVerdict& verdict;
};

std::vector<Answer> all_answers(const std::vector<Check>& checks, const std::vector<RunResult>& runs,
                                std::vector<CheckVerdict>& verdicts) {
  std::vector<Answer> all;
  for (std::size_t c = 0; c < checks.size(); ++c)
    for (std::size_t o = 0; o < checks[c].expect.size(); ++o)
      if (const NamedTensor* got = runs[c].reply.find(checks[c].expect[o].name))
        all.push_back({checks[c], checks[c].expect[o], got->values, verdicts[c].outputs[o]});
  return all;
}

/// What the exercise leaves, or zeros, or next to it: nothing was computed here.
bool is_nothing(const Answer& answer) {
  const std::vector<double> zeros(answer.got.size()), &left = answer.expected.untouched;
  const std::vector<double>& tolerance = answer.expected.tolerance;
  return answer.got.size() == tolerance.size() &&
         (same(answer.got, zeros, tolerance) || (!left.empty() && same(answer.got, left, tolerance)));
}

const KnownWrong* recognising(const Answer& answer, const std::string& mistake) {
  for (const KnownWrong& known : answer.check.known_wrong)
    if (known.mistake == mistake && known.output == answer.expected.name && known.recognised) return &known;
  return nullptr;
}

/// Numbers that are foretold are right but for the mistake. Those that are only recognised, by what is wrong with them
/// ("all rows are the same"), tell of a later step no more than of the earlier one, if they would be recognised there
/// as well.
bool tells_of_later(const Answer& earlier, const Answer& later, const std::string& mistake) {
  if (!recognising(later, mistake)) return true;
  const KnownWrong* there = recognising(earlier, mistake);
  return there && earlier.expected.shape == later.expected.shape && !there->recognised(later.got);
}

/// The same mistake in two outputs: in those of one name; or, where the lesson itself knows it, in any.
bool is_same_again(const Answer& earlier, const Answer& later) {
  for (const Explanation& one : earlier.verdict.explanations)
    for (const Explanation& again : later.verdict.explanations)
      if (one.mistake == again.mistake && (one.key == again.key || one.key.empty() || again.key.empty()) &&
          (earlier.verdict.name == later.verdict.name || again.key.empty()) &&
          tells_of_later(earlier, later, one.mistake))
        return true;
  return false;
}

/// Of what flows back in a step nothing was computed from the upstream gradient: whatever comes back there, these are
/// the answers.
bool reads_no_upstream(const std::vector<Answer>& answers, const std::string& step) {
  bool any = false;
  for (const Answer& answer : answers) {
    if (answer.verdict.step != step || !is_traced(answer.check, answer.expected.name) || !can_tell(answer.expected) ||
        !asked(answer.check.trace->record, answer.expected.name).gradient)
      continue;
    any = true;
    const std::vector<Explanation>& explanations = answer.verdict.explanations;
    if (std::none_of(explanations.begin(), explanations.end(), [](const Explanation& one) {
          return one.mistake == "upstream-left-out" || one.mistake == "local-alone-passed";
        }))
      return false;
  }
  return any;
}

/// What nobody can name in the first batch is no new mistake in the second, if that shows in another way that nothing is
/// left of the first.
bool is_unnamed_again(const std::vector<Answer>& answers, const Answer& later) {
  const auto is_unnamed = [](const Answer& answer) {
    return is_number_fault(answer.verdict) && answer.verdict.explanations.empty() && !answer.expected.complaint;
  };
  if (!later.check.previous || !is_unnamed(later) || is_nothing(later)) return false;
  const bool before = std::any_of(answers.begin(), answers.end(), [&](const Answer& earlier) {
    return !earlier.check.previous && earlier.verdict.name == later.verdict.name &&
           earlier.verdict.step != later.verdict.step && is_unnamed(earlier);
  });
  return before && std::any_of(answers.begin(), answers.end(), [&](const Answer& other) {
           return &other.check == &later.check && other.verdict.step == later.verdict.step &&
                  other.verdict.fault == Fault::none && is_traced(other.check, other.expected.name) &&
                  asked(other.check.trace->record, other.expected.name).gradient && can_tell(other.expected);
         });
}

}  // namespace

void forgive_repeated_mistakes(const Lesson& lesson, const std::vector<Check>& checks,
                               const std::vector<RunResult>& runs, std::vector<CheckVerdict>& verdicts) {
  const std::vector<Answer> answers = all_answers(checks, runs, verdicts);
  const auto place = [&](const Answer& answer) {
    return std::find_if(lesson.steps.begin(), lesson.steps.end(),
                        [&](const Step& step) { return step.id == answer.verdict.step; }) -
           lesson.steps.begin();
  };
  const auto shows_beside = [&](const Answer& later) {
    return std::any_of(answers.begin(), answers.end(), [&](const Answer& other) {
      return &other.check == &later.check && other.verdict.step == later.verdict.step && !is_nothing(other) &&
             is_same_again(other, later);
    });
  };
  const auto is_paid_for = [&](const Answer& later) {
    return std::any_of(answers.begin(), answers.end(), [&](const Answer& earlier) {
      return place(earlier) < place(later) && is_same_again(earlier, later);
    });
  };
  std::vector<OutputVerdict*> forgiven;
  for (const Answer& later : answers)
    if (is_paid_for(later) && (!is_nothing(later) || shows_beside(later)) &&
        !reads_no_upstream(answers, later.verdict.step))
      forgiven.push_back(&later.verdict);
    else if (is_unnamed_again(answers, later))
      forgiven.push_back(&later.verdict);
  for (OutputVerdict* output : forgiven) output->fault = Fault::carried;
}

}  // namespace gradwalk::harness
