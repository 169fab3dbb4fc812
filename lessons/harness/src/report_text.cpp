#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "gradwalk/harness/report.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"
#include "words.hpp"

namespace gradwalk::harness {
namespace {

constexpr std::size_t printed_lines_shown = 8;

struct Ink {
  bool colour;
  std::string operator()(const char* code, const std::string& text) const {
    return colour ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text;
  }
};

std::string points(double earned, double possible) {
  return fmt::format("{}/{}", format_number(earned), format_number(possible));
}

/// The first wrong output of each name: the others say the same again.
std::string wrong_outputs(const Step& step, const Verdict& verdict) {
  std::string text;
  std::set<std::string> told;
  for (const CheckVerdict& check : verdict.checks)
    for (const OutputVerdict& output : check.outputs) {
      if (output.step != step.id || output.fault == Fault::none || output.fault == Fault::carried) continue;
      if (check.run.outcome != Outcome::answered || !told.insert(output.name).second) continue;
      text += fmt::format("      {}\n", describe_output(output));
      for (std::size_t i = 0; i < output.explanations.size(); ++i) {
        const Explanation& explanation = output.explanations[i];
        const std::string sentence = describe_explanation(output, explanation);
        text += fmt::format("      {}\n", i == 0 ? sentence : tr("or: {sentence}", fmt::arg("sentence", sentence)));
        if (i > 0 || explanation.terms.empty()) continue;
        text += fmt::format("      {}\n", tr("{element} is a sum of these terms:", fmt::arg("element", output.first)));
        for (const std::string& term : explanation.terms) text += fmt::format("        {}\n", term);
      }
    }
  return text;
}

/// Each way in which runs ended without an answer, once, with what the program printed.
std::string failed_runs(const Verdict& verdict) {
  std::string text;
  std::set<std::string> told;
  for (const CheckVerdict& check : verdict.checks) {
    const std::string words = describe_run(check.run);
    if (words.empty() || !told.insert(words).second) continue;
    text += fmt::format("  ! {}: {}\n", check.id, words);
    std::size_t lines = 0;
    for (std::size_t at = 0; at < check.run.printed.size() && lines < printed_lines_shown; ++lines) {
      const std::size_t end = std::min({check.run.printed.find('\n', at), check.run.printed.size(), at + 160});
      text += fmt::format("      | {}\n", printable(check.run.printed.substr(at, end - at)));
      at = end + (end < check.run.printed.size() && check.run.printed[end] == '\n' ? 1 : 0);
    }
  }
  return text;
}

}  // namespace

std::string text_report(const Lesson& lesson, const Verdict& verdict, const std::string& file, bool colour) {
  const Ink ink{colour};
  std::string text = tr("Lesson {number}, {title}: {file}", fmt::arg("number", lesson.number),
                        fmt::arg("title", lesson.title), fmt::arg("file", file)) +
                     "\n\n";
  if (verdict.compiled.outcome != CompileOutcome::compiled)
    return text + "  " + ink("31", describe_compile(verdict.compiled, file)) + "\n";

  for (const StepVerdict& step : verdict.steps) {
    const std::string mark = step.status == StepStatus::passed   ? ink("32", "✓")
                             : step.status == StepStatus::failed ? ink("31", "✗")
                                                                 : "·";
    const std::string note =
        step.status == StepStatus::not_attempted ? tr("not attempted") : points(step.earned, step.step.points);
    text += fmt::format("  {} {}  {}\n", mark, step.step.title, note);
    if (step.status == StepStatus::failed) text += wrong_outputs(step.step, verdict);
  }
  text += failed_runs(verdict);
  text += "\n";
  switch (verdict.status) {
    case Status::passed:
      text += ink("32", tr("Passed: {points} points.", fmt::arg("points", points(verdict.earned, verdict.possible))));
      break;
    case Status::not_attempted:
      text += tr("Not attempted yet: everything is as the exercise leaves it.");
      break;
    case Status::not_graded:
      text += tr("Not graded: the sandbox did not start the program. Try again, or tell your teacher.");
      break;
    default:
      text +=
          ink("31", tr("Not passed: {points} points.", fmt::arg("points", points(verdict.earned, verdict.possible))));
  }
  text += "\n";
  for (const std::string& attempt : verdict.attempts)
    text += tr("Refused by the sandbox: {attempt}.", fmt::arg("attempt", attempt)) + "\n";
  text += tr("Sandbox: {tier}.", fmt::arg("tier", describe(verdict.tier))) + "\n";
  return text;
}

}  // namespace gradwalk::harness
