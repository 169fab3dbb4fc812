#include <fmt/format.h>

#include "findings.hpp"
#include "gradwalk/harness/report.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"
#include "words.hpp"

namespace gradwalk::harness {
namespace {

struct Ink {
  bool colour;
  std::string operator()(const char* code, const std::string& text) const {
    return colour ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text;
  }
};

std::string in_text(const Finding& finding) {
  std::string text = fmt::format("      {}\n", finding.what);
  for (const std::string& sentence : finding.explanations) text += fmt::format("      {}\n", sentence);
  if (!finding.terms.empty()) text += fmt::format("      {}\n", finding.terms_of);
  for (const std::string& term : finding.terms) text += fmt::format("        {}\n", term);
  return text;
}

}  // namespace

std::string text_report(const Lesson& lesson, const Verdict& verdict, const std::string& file, bool colour) {
  const Ink ink{colour};
  std::string text = heading(lesson, file) + "\n\n";
  for (const StepVerdict& step : verdict.steps) {
    if (verdict.compiled.outcome != CompileOutcome::compiled) break;
    const std::string mark = step.status == StepStatus::passed   ? ink("32", "✓")
                             : step.status == StepStatus::failed ? ink("31", "✗")
                                                                 : "·";
    text += fmt::format("  {} {}  {}\n", mark, step.step.title, step_result(verdict, step));
    if (step.status != StepStatus::failed) continue;
    for (const Finding& finding : findings(verdict, step.step)) text += in_text(finding);
  }
  for (const FailedRun& run : failed_runs(verdict)) {
    text += fmt::format("  ! {}\n", run.what);
    for (const std::string& line : run.printed) text += fmt::format("      | {}\n", line);
  }
  text += "\n" + ink(verdict.status == Status::passed ? "32" : "0", conclusion(verdict, file)) + "\n";
  for (const std::string& attempt : verdict.attempts)
    text += tr("Refused by the sandbox: {attempt}.", fmt::arg("attempt", attempt)) + "\n";
  for (const std::string& suspicion : verdict.suspicions)
    text += tr("Noticed: {what}.", fmt::arg("what", suspicion)) + "\n";
  text += tr("Sandbox: {tier}.", fmt::arg("tier", describe(verdict.tier, verdict.file_rules))) + "\n";
  return text;
}

}  // namespace gradwalk::harness
