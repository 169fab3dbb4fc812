#include "gradwalk/harness/judge.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "diagnosis.hpp"
#include "forgiveness.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/tracer/language.hpp"
#include "numerical_gradient.hpp"
#include "predictions.hpp"

namespace gradwalk::harness {
namespace {

/// A tensor that no check of the function asks for: the driver does not send it, so somebody else has.
void refuse_surplus_tensors(const std::vector<Check>& checks, const std::string& function, RunResult& run) {
  const auto is_asked_for = [&](const NamedTensor& tensor) {
    return std::any_of(checks.begin(), checks.end(), [&](const Check& check) {
      return check.function == function && std::any_of(check.expect.begin(), check.expect.end(),
                                                       [&](const Expected& one) { return one.name == tensor.name; });
    });
  };
  if (std::all_of(run.reply.tensors.begin(), run.reply.tensors.end(), is_asked_for)) return;
  run.outcome = Outcome::surplus_answer;
  run.reply.tensors.clear();
}

CheckVerdict judge_check(const Check& check, const RunResult& run) {
  CheckVerdict verdict;
  verdict.id = check.id;
  for (const Expected& expected : check.expect)
    verdict.outputs.push_back(compare(expected, run.reply.find(expected.name)));
  return verdict;
}

StepVerdict judge_step(const Step& step, const std::vector<Check>& checks, const std::vector<CheckVerdict>& verdicts) {
  std::size_t compared = 0, wrong = 0, telling = 0, untouched = 0;
  for (std::size_t c = 0; c < checks.size(); ++c)
    for (std::size_t o = 0; o < checks[c].expect.size(); ++o) {
      if (checks[c].expect[o].step != step.id) continue;
      const Fault fault = verdicts[c].outputs[o].fault;
      ++compared;
      if (fault != Fault::none && fault != Fault::carried) ++wrong;
      if (!can_tell(checks[c].expect[o])) continue;
      ++telling;
      if (fault == Fault::untouched) ++untouched;
    }
  StepVerdict verdict{step, StepStatus::failed, 0};
  if (compared > 0 && wrong == 0) {
    verdict.status = StepStatus::passed;
    verdict.earned = step.points;
  } else if (telling > 0 && untouched == telling) {
    verdict.status = StepStatus::not_attempted;
  }
  return verdict;
}

}  // namespace

Verdict judge_answers(const Lesson& lesson, const std::vector<Check>& checks, std::vector<RunResult> runs,
                      const std::vector<Predictions>* predictions) {
  Verdict verdict;
  verdict.possible = lesson.points();
  for (std::size_t c = 0; c < checks.size(); ++c) {
    refuse_surplus_tensors(checks, checks[c].function, runs[c]);
    verdict.checks.push_back(judge_check(checks[c], runs[c]));
  }
  explain_wrong_outputs(checks, runs, verdict.checks, predictions);
  forgive_repeated_mistakes(lesson, checks, runs, verdict.checks);
  if (const std::vector<OutputVerdict*> noticed = numerical_gradients(checks, runs, verdict.checks); !noticed.empty()) {
    verdict.suspicions.push_back(
        tr("the gradients are right, but with the errors of difference quotients: backward may differentiate "
           "numerically"));
    if (!lesson.numerical_gradient_earns)
      for (OutputVerdict* output : noticed) output->fault = Fault::numerical;
  }

  bool attempted = false, passed = true, ours = false;
  for (const Step& step : lesson.steps) {
    verdict.steps.push_back(judge_step(step, checks, verdict.checks));
    verdict.earned += verdict.steps.back().earned;
    attempted = attempted || verdict.steps.back().status != StepStatus::not_attempted;
    passed = passed && verdict.steps.back().status == StepStatus::passed;
  }
  for (std::size_t c = 0; c < runs.size(); ++c) {
    ours = ours || runs[c].outcome == Outcome::not_started;
    passed = passed && runs[c].outcome == Outcome::answered;
    for (const std::string& attempt : runs[c].attempts)
      if (std::find(verdict.attempts.begin(), verdict.attempts.end(), attempt) == verdict.attempts.end())
        verdict.attempts.push_back(attempt);
    runs[c].reply = {};
    verdict.checks[c].run = std::move(runs[c]);
  }
  verdict.status = ours        ? Status::not_graded
                   : passed    ? Status::passed
                   : attempted ? Status::failed
                               : Status::not_attempted;
  return verdict;
}

namespace {

/// The submission first, then what it builds on: the student's own earlier code, or the reference in its place.
std::vector<SourceFile> files_of(const Lesson& lesson, const Submission& submission) {
  std::vector<SourceFile> files{{lesson.file, submission.source}};
  for (const std::string& name : lesson.uses) {
    const auto own = submission.earlier.find(name);
    const std::string bytes =
        own != submission.earlier.end() ? own->second : read_file(lesson.folder.parent_path() / name / "solution.hpp");
    files.push_back({name + ".hpp", bytes});
  }
  return files;
}

std::vector<RunResult> run_checks(JailedProgram& program, const std::vector<Check>& checks) {
  std::vector<RunResult> runs;
  bool timed_out = false;
  for (const Check& check : checks) {
    RunLimits limits = check.limits;
    if (timed_out) limits.wall /= 2;  // one that loops for ever once is not waited for as long again
    runs.push_back(program.run(encode_request(check.function, check.send), limits));
    timed_out = timed_out || runs.back().outcome == Outcome::timed_out;
  }
  return runs;
}

std::vector<Verdict> judge_as_it_is(const Kit& kit, const Lesson& lesson, const Submission& submission,
                                    std::span<const std::string_view> course_keys) {
  const Cell cell(kit);
  const Compiled compiled = compile(kit, cell, lesson.folder / "driver.cpp", files_of(lesson, submission));
  std::vector<Verdict> verdicts;
  for (const std::string_view course_key : course_keys) {
    Verdict verdict;
    verdict.possible = lesson.points();
    if (compiled.outcome == CompileOutcome::compiled) {
      const std::vector<Check> checks = lesson.checks(course_key, submission.source);
      JailedProgram program(kit.sandbox(), kit.jail(), compiled.program, cell.uid());
      verdict = judge_answers(lesson, checks, run_checks(program, checks));
    } else {
      verdict.status = compiled.outcome == CompileOutcome::not_started ? Status::not_graded : Status::does_not_compile;
      for (const Step& step : lesson.steps) verdict.steps.push_back({step, StepStatus::failed, 0});
    }
    verdict.tier = kit.sandbox().tier();
    verdict.file_rules = kit.sandbox().has_file_rules();
    verdict.compiled = compiled;
    verdicts.push_back(std::move(verdict));
  }
  return verdicts;
}

}  // namespace

std::vector<Verdict> judge_submission(const Kit& kit, const Lesson& lesson, const Submission& submission,
                                      std::span<const std::string_view> course_keys) {
  std::vector<Verdict> verdicts = judge_as_it_is(kit, lesson, submission, course_keys);
  if (verdicts.empty() || verdicts[0].status != Status::does_not_compile || submission.earlier.empty()) return verdicts;
  // A Linear of float passes its own lesson and does not fit the next: that is no fault of this exercise.
  std::vector<Verdict> with_reference = judge_as_it_is(kit, lesson, {submission.source, {}}, course_keys);
  if (with_reference[0].status == Status::does_not_compile) return verdicts;
  for (Verdict& verdict : with_reference)
    verdict.suspicions.push_back(
        tr("your own code of earlier lessons does not fit this exercise ({message}), so the course's took its place",
           fmt::arg("message", verdicts[0].compiled.message)));
  return with_reference;
}

Verdict judge_submission(const Kit& kit, const Lesson& lesson, const Submission& submission,
                         std::string_view course_key) {
  return std::move(judge_submission(kit, lesson, submission, {&course_key, 1})[0]);
}

}  // namespace gradwalk::harness
