#include "gradwalk/harness/doctor.hpp"

#include <algorithm>
#include <map>

#include "gradwalk/harness/judge.hpp"
#include "predictions.hpp"

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

/// Whether b is computed from a, or is a.
bool follows_from(const Record& record, TensorId b, TensorId a) {
  if (a == b) return true;
  const Op* producer = record.producer(b);
  return producer && std::any_of(producer->inputs.begin(), producer->inputs.end(),
                                 [&](TensorId input) { return follows_from(record, input, a); });
}

/// Whether what the mistake makes wrong goes into an answer that this check asks for. Where it does not, the exercise
/// does not ask for that computation, and the mistake is not the student's to make. What a check could see and does
/// not, because its numbers are badly chosen, stays a survivor.
bool reaches_an_answer(const Check& check, const Alteration& alteration) {
  const Record& record = check.trace->record;
  const auto feeds = [&](std::size_t at, const Expected& answer) {
    const Op& op = record.ops[at];
    const Asked which = asked(record, answer.name);
    const bool forward = alteration.slot == Site::forward_slot;
    if (which.gradient != forward) {
      // A value goes into the values after it, a gradient into those before it.
      return forward ? follows_from(record, which.tensor, op.output)
                     : follows_from(record, op.inputs[alteration.slot], which.tensor);
    }
    return forward && op.output != check.trace->last;  // the local derivatives are taken at the wrong value
  };
  return std::any_of(alteration.ops.begin(), alteration.ops.end(), [&](std::size_t at) {
    return std::any_of(check.expect.begin(), check.expect.end(),
                       [&](const Expected& answer) { return is_traced(check, answer.name) && feeds(at, answer); });
  });
}

/// Every mistake that can be made, and what it is in each check.
using ByKey = std::map<std::string, std::map<std::size_t, Alteration>>;

ByKey alterations_of(const std::vector<Check>& checks) {
  ByKey found;
  for (std::size_t c = 0; c < checks.size(); ++c)
    if (checks[c].trace)
      for (const Alteration& alteration : possible_alterations(*checks[c].trace, previous_of(checks[c])))
        if (reaches_an_answer(checks[c], alteration))
          found[key_of(alteration, *checks[c].trace)].emplace(c, alteration);
  return found;
}

Planted plant(const Lesson& lesson, const std::vector<Check>& checks, const std::vector<Predictions>& predictions,
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
  for (const CheckVerdict& verdict : judge_answers(lesson, checks, std::move(runs), &predictions).checks)
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
  const std::vector<Predictions> predictions(checks.begin(), checks.end());
  std::vector<Planted> matrix;
  for (const auto& [key, in_checks] : alterations_of(checks))
    matrix.push_back(plant(lesson, checks, predictions, in_checks));
  return matrix;
}

}  // namespace gradwalk::harness
