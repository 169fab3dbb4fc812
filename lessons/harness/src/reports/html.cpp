#include <fmt/format.h>

#include "findings.hpp"
#include "gradwalk/harness/report.hpp"
#include "gradwalk/tracer/language.hpp"
#include "reports/page.hpp"
#include "words.hpp"

namespace gradwalk::harness {
namespace {

std::string preformatted(const std::vector<std::string>& lines) {
  std::string text = "<pre>";
  for (const std::string& line : lines) text += markup(line) + "\n";
  return text + "</pre>\n";
}

std::string step_row(const Verdict& verdict, const StepVerdict& step) {
  std::string row = fmt::format("<tr><td class=\"{}\">{}</td><td>{}", name_of(step.status),
                                step.status == StepStatus::passed   ? "✓"
                                : step.status == StepStatus::failed ? "✗"
                                                                    : "·",
                                markup(step.step.title));
  if (step.status == StepStatus::failed)
    for (const Finding& finding : findings(verdict, step.step)) {
      row += "<p>" + markup(finding.what);
      for (const std::string& sentence : finding.explanations) row += "<br><strong>" + markup(sentence) + "</strong>";
      row += "</p>\n";
      if (!finding.terms.empty()) row += "<p>" + markup(finding.terms_of) + "</p>\n" + preformatted(finding.terms);
    }
  return row + fmt::format("</td><td>{}</td></tr>\n", markup(step_result(verdict, step)));
}

}  // namespace

std::string html_report(const Lesson& lesson, const Verdict& verdict, const std::string& file,
                        const MarkedGraph& graph) {
  const std::string title = heading(lesson, file);
  std::string body = fmt::format(
      "<h1>{}</h1>\n<p class=\"note\">{}</p>\n<p class=\"{}\">{}</p>\n",
      markup(tr("Lesson {number}, {title}", fmt::arg("number", lesson.number), fmt::arg("title", lesson.title))),
      markup(file), verdict.status == Status::passed ? "passed" : "failed", markup(conclusion(verdict, file)));
  if (verdict.compiled.outcome == CompileOutcome::compiled) {
    body += "<table>\n";
    for (const StepVerdict& step : verdict.steps) body += step_row(verdict, step);
    body += "</table>\n";
  }
  if (!graph.svg.empty())
    body += "<figure>\n" + graph.svg + "<figcaption>" + markup(graph.caption) + "</figcaption>\n</figure>\n";
  for (const FailedRun& run : failed_runs(verdict))
    body +=
        "<p class=\"failed\">" + markup(run.what) + "</p>\n" + (run.printed.empty() ? "" : preformatted(run.printed));
  body += "<p class=\"note\">" +
          markup(tr("Sandbox: {tier}.", fmt::arg("tier", describe(verdict.tier, verdict.file_rules)))) + "</p>\n";
  return page(title, body);
}

}  // namespace gradwalk::harness
