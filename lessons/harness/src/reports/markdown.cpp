#include <fmt/format.h>

#include "findings.hpp"
#include "gradwalk/harness/report.hpp"
#include "gradwalk/tracer/language.hpp"
#include "words.hpp"

namespace gradwalk::harness {
namespace {

/// Text that Markdown leaves as it is.
std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (std::string_view("\\`*_{}[]<>#|").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

std::string code_block(const std::vector<std::string>& lines) {
  std::string text = "\n";
  for (const std::string& line : lines) text += "      " + line + "\n";  // indented: no fence that a line could close
  return text;
}

}  // namespace

std::string markdown_report(const Lesson& lesson, const Verdict& verdict, const std::string& file,
                            const MarkedGraph& graph, const std::string& picture) {
  std::string text = "# " + escaped(heading(lesson, file)) + "\n\n" + escaped(conclusion(verdict, file)) + "\n\n";
  for (const StepVerdict& step : verdict.steps) {
    if (verdict.compiled.outcome != CompileOutcome::compiled) break;
    const char* mark = step.status == StepStatus::passed ? "✓" : step.status == StepStatus::failed ? "✗" : "·";
    text += fmt::format("- {} {}: {}\n", mark, escaped(step.step.title), step_result(verdict, step));
    if (step.status != StepStatus::failed) continue;
    for (const Finding& finding : findings(verdict, step.step)) {
      text += fmt::format("  - {}\n", escaped(finding.what));
      for (const std::string& sentence : finding.explanations) text += fmt::format("    {}  \n", escaped(sentence));
      if (!finding.terms.empty())
        text += fmt::format("    {}\n{}\n", escaped(finding.terms_of), code_block(finding.terms));
    }
  }
  if (!graph.svg.empty()) text += fmt::format("\n![{}]({})\n\n", escaped(graph.caption), picture);
  for (const FailedRun& run : failed_runs(verdict)) {
    text += fmt::format("- {}\n", escaped(run.what));
    if (!run.printed.empty()) text += code_block(run.printed) + "\n";
  }
  return text + "\n" + escaped(tr("Sandbox: {tier}.", fmt::arg("tier", describe(verdict.tier, verdict.file_rules)))) +
         "\n";
}

}  // namespace gradwalk::harness
