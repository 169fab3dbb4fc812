#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "findings.hpp"
#include "gradwalk/harness/report.hpp"
#include "gradwalk/tracer/language.hpp"
#include "reports/mistakes_of.hpp"
#include "reports/page.hpp"
#include "verdict_json.hpp"
#include "words.hpp"

// Reports that other programs read: Gradescope, JUnit, GitHub, CodeRunner, and our own JSON.

namespace gradwalk::harness {
namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

/// What is wrong with one step, as plain text; empty when it passed.
std::string step_text(const Verdict& verdict, const StepVerdict& step, const std::string& file) {
  if (step.status == StepStatus::passed) return {};
  if (verdict.compiled.outcome != CompileOutcome::compiled) return conclusion(verdict, file);
  std::string text;
  for (const Finding& finding : findings(verdict, step.step)) {
    text += finding.what + "\n";
    for (const std::string& sentence : finding.explanations) text += sentence + "\n";
    if (!finding.terms.empty()) text += finding.terms_of + "\n";
    for (const std::string& term : finding.terms) text += "  " + term + "\n";
  }
  for (const FailedRun& run : failed_runs(verdict)) text += run.what + "\n";
  if (text.empty() && step.status == StepStatus::not_attempted) text = tr("not attempted") + "\n";
  return text;
}

/// For a workflow command's message: one line, percent signs and line ends escaped.
std::string for_command(const std::string& text) {
  std::string result;
  for (const char c : printable(text)) {
    if (c == '%')
      result += "%25";
    else if (c == '\n')
      result += "%0A";
    else if (c == '\r')
      result += "%0D";
    else
      result += c;
  }
  return result;
}

/// For a workflow command's property, which ends at a colon or comma too.
std::string for_property(const std::string& text) {
  std::string result;
  for (const char c : for_command(text)) result += c == ':' ? "%3A" : c == ',' ? "%2C" : std::string(1, c);
  return result;
}

}  // namespace

std::string json_report(const std::vector<Graded>& graded) {
  Json json{{"format", "gradwalk grades"}, {"version", 1}, {"submissions", Json::array()}};
  for (const Graded& one : graded)
    json["submissions"].push_back({{"student", printable(one.student)},
                                   {"name", printable(one.name)},
                                   {"lesson", one.lesson},
                                   {"file", printable(one.file)},
                                   {"mistakes", mistakes_of(one.verdict)},
                                   {"verdict", json_of(one.verdict)}});
  return dump(json);
}

std::string junit_report(const std::vector<Graded>& graded) {
  std::string suites;
  std::size_t tests = 0, failures = 0;
  for (const Graded& one : graded) {
    std::string cases;
    std::size_t wrong = 0, skipped = 0;
    for (const StepVerdict& step : one.verdict.steps) {
      cases += fmt::format("    <testcase name=\"{}\" classname=\"{}.{}\" time=\"0\"", markup(step.step.title),
                           markup(one.lesson), markup(one.student));
      const std::string text = step_text(one.verdict, step, one.file);
      if (step.status == StepStatus::passed) {
        cases += "/>\n";
      } else if (step.status == StepStatus::not_attempted) {
        ++skipped;
        cases += "><skipped/></testcase>\n";
      } else {
        ++wrong;
        cases += fmt::format("><failure message=\"{}\" type=\"{}\">{}</failure></testcase>\n",
                             markup(text.substr(0, text.find('\n'))), name_of(one.verdict.status), markup(text));
      }
    }
    suites += fmt::format(
        "  <testsuite name=\"{}.{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" time=\"0\">\n{}  "
        "</testsuite>\n",
        markup(one.lesson), markup(one.student), one.verdict.steps.size(), wrong, skipped, cases);
    tests += one.verdict.steps.size();
    failures += wrong;
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites tests=\"{}\" failures=\"{}\" errors=\"0\" "
      "time=\"0\">\n{}</testsuites>\n",
      tests, failures, suites);
}

std::string github_annotations(const Graded& graded, const Lesson& lesson) {
  std::string text;
  for (const StepVerdict& step : graded.verdict.steps) {
    if (step.status == StepStatus::passed) continue;
    const std::string line =
        graded.verdict.compiled.line > 0
            ? fmt::format(",line={},col={}", graded.verdict.compiled.line, graded.verdict.compiled.column)
            : "";
    text += fmt::format("::{} file={}{},title={}::{}\n", step.status == StepStatus::failed ? "error" : "notice",
                        for_property(graded.file), line, for_property(lesson.number + " " + step.step.title),
                        for_command(step_text(graded.verdict, step, graded.file)));
    if (graded.verdict.compiled.outcome != CompileOutcome::compiled) break;
  }
  return text;
}

std::string gradescope_results(const Graded& graded, const Lesson& lesson) {
  Json json{
      {"score", graded.verdict.earned},
      {"output", heading(lesson, printable(graded.file)) + "\n" + conclusion(graded.verdict, printable(graded.file))},
      {"output_format", "text"},
      {"visibility", "visible"},
      {"stdout_visibility", "hidden"},
      {"tests", Json::array()}};
  std::size_t number = 0;
  for (const StepVerdict& step : graded.verdict.steps)
    json["tests"].push_back({{"score", step.earned},
                             {"max_score", step.step.points},
                             {"status", step.status == StepStatus::passed ? "passed" : "failed"},
                             {"name", step.step.title},
                             {"number", std::to_string(++number)},
                             {"output", step_text(graded.verdict, step, printable(graded.file))},
                             {"output_format", "text"},
                             {"visibility", "visible"}});
  return dump(json);
}

std::string coderunner_result(const Graded& graded, const Lesson& lesson) {
  Json results = Json::array({Json::array({"iscorrect", "Test", "Got", "Mark"})});
  for (const StepVerdict& step : graded.verdict.steps)
    results.push_back(
        Json::array({step.status == StepStatus::passed, step.step.title,
                     step_text(graded.verdict, step, printable(graded.file)), step_result(graded.verdict, step)}));
  const double fraction = graded.verdict.possible > 0 ? graded.verdict.earned / graded.verdict.possible : 0;
  return dump({{"fraction", fraction},
               {"prologuehtml", "<p>" + markup(heading(lesson, graded.file)) + "</p>"},
               {"testresults", results},
               {"epiloguehtml", "<p>" + markup(conclusion(graded.verdict, graded.file)) + "</p>"}});
}

}  // namespace gradwalk::harness
