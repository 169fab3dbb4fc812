#include "gradwalk/harness/doctor.hpp"

#include <algorithm>
#include <map>

#include "alteration_key.hpp"
#include "gradwalk/harness/judge.hpp"
#include "gradwalk/harness/mistake.hpp"

namespace gradwalk::harness {
namespace {

const Trace* previous_of(const Check& check) { return check.previous ? &*check.previous : nullptr; }

/// What a flawless exercise answers.
RunResult right_answer(const Check& check) {
  RunResult run;
  run.outcome = Outcome::answered;
  run.reply.fault = ReplyFault::none;
  for (const Expected& expected : check.expect)
    run.reply.tensors.push_back({expected.name, expected.shape, expected.values});
  return run;
}

RunResult answer_with(const Check& check, const Alteration& alteration) {
  RunResult run = right_answer(check);
  const Trace wrong = altered(*check.trace, previous_of(check), {&alteration, 1});
  for (NamedTensor& tensor : run.reply.tensors)
    if (is_traced(check, tensor.name)) tensor = wrong.tensor(tensor.name);
  return run;
}

/// Every mistake that can be made, and what it is in each check.
using ByKey = std::map<std::string, std::map<std::size_t, Alteration>>;

ByKey alterations_of(const std::vector<Check>& checks) {
  ByKey found;
  for (std::size_t c = 0; c < checks.size(); ++c)
    if (checks[c].trace)
      for (const Alteration& alteration : possible_alterations(*checks[c].trace, previous_of(checks[c])))
        found[key_of(alteration, *checks[c].trace)].emplace(c, alteration);
  return found;
}

Planted plant(const Lesson& lesson, const std::vector<Check>& checks,
              const std::map<std::size_t, Alteration>& in_checks) {
  std::vector<RunResult> runs;
  for (std::size_t c = 0; c < checks.size(); ++c) {
    const auto here = in_checks.find(c);
    runs.push_back(here == in_checks.end() ? right_answer(checks[c]) : answer_with(checks[c], here->second));
  }
  const auto& [check, alteration] = *in_checks.begin();
  Planted planted;
  planted.mistake = alteration.mistake->id;
  planted.words = alteration.mistake->words(
      {*checks[check].trace, previous_of(checks[check]), alteration.ops.front(), alteration.slot});
  for (const CheckVerdict& verdict : judge_answers(lesson, checks, std::move(runs)).checks)
    for (const OutputVerdict& output : verdict.outputs) {
      if (output.fault == Fault::none) continue;
      if (planted.caught_by.empty() || planted.caught_by.back() != verdict.id) planted.caught_by.push_back(verdict.id);
      const auto is_it = [&](const Explanation& one) { return one.mistake == planted.mistake; };
      // All zeros need no explanation: the report says that the output is as the exercise leaves it.
      const bool here = output.fault == Fault::untouched ||
                        std::any_of(output.explanations.begin(), output.explanations.end(), is_it);
      planted.named = planted.named || here;
      planted.alone = planted.alone || (here && output.explanations.size() <= 1);
    }
  return planted;
}

}  // namespace

std::vector<Planted> kill_matrix(const Lesson& lesson, std::string_view course_key) {
  const std::vector<Check> checks = lesson.checks(course_key, "doctor");
  std::vector<Planted> matrix;
  for (const auto& [key, in_checks] : alterations_of(checks)) matrix.push_back(plant(lesson, checks, in_checks));
  return matrix;
}

}  // namespace gradwalk::harness
