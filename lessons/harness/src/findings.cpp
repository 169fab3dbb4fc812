#include "findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "gradwalk/tracer/language.hpp"
#include "words.hpp"

namespace gradwalk::harness {
namespace {

constexpr std::size_t printed_lines_shown = 8;
constexpr std::size_t printed_line_length = 160;

/// For each name the output to speak of: the first that is explained, else the first.
std::vector<const OutputVerdict*> outputs_to_tell(const Verdict& verdict, const Step& step) {
  std::vector<const OutputVerdict*> told;
  for (const CheckVerdict& check : verdict.checks) {
    if (check.run.outcome != Outcome::answered) continue;
    for (const OutputVerdict& output : check.outputs) {
      if (output.step != step.id || output.fault == Fault::none || output.fault == Fault::carried) continue;
      const auto same =
          std::find_if(told.begin(), told.end(), [&](const OutputVerdict* t) { return t->name == output.name; });
      if (same == told.end())
        told.push_back(&output);
      else if ((*same)->explanations.empty() && !output.explanations.empty())
        *same = &output;
    }
  }
  return told;
}

Finding finding(const OutputVerdict& output) {
  Finding finding;
  finding.what = describe_output(output);
  for (const Explanation& explanation : output.explanations) {
    const std::string sentence = describe_explanation(output, explanation);
    finding.explanations.push_back(finding.explanations.empty() ? sentence
                                                                : tr("or: {sentence}", fmt::arg("sentence", sentence)));
  }
  const bool numbers = output.fault == Fault::different || output.fault == Fault::not_finite;
  if (output.explanations.empty() && numbers && output.complaint.empty() && output.inputs_right)
    finding.explanations.push_back(
        *output.inputs_right
            ? tr("what {name} is computed from is right: its own rule is wrong", fmt::arg("name", output.name))
            : tr("{name} is computed from numbers that are wrong already, and its own rule is wrong too",
                 fmt::arg("name", output.name)));
  if (!output.origin.empty()) finding.explanations.push_back(output.origin);
  if (!output.explanations.empty() && !output.explanations[0].terms.empty()) {
    finding.terms = output.explanations[0].terms;
    const auto element = fmt::arg("element", output.first);
    finding.terms_of = finding.terms.size() == 1 ? tr("{element} is this product:", element)
                                                 : tr("{element} is a sum of these terms:", element);
  }
  return finding;
}

}  // namespace

std::vector<Finding> findings(const Verdict& verdict, const Step& step) {
  std::vector<Finding> all;
  for (const OutputVerdict* output : outputs_to_tell(verdict, step)) all.push_back(finding(*output));
  return all;
}

std::vector<FailedRun> failed_runs(const Verdict& verdict) {
  std::vector<FailedRun> runs;
  std::set<std::string> told;
  for (const CheckVerdict& check : verdict.checks) {
    const std::string words = describe_run(check.run);
    if (words.empty() || !told.insert(words).second) continue;
    FailedRun run{fmt::format("{}: {}", check.id, words), {}};
    const std::string& text = check.run.printed;
    for (std::size_t at = 0; at < text.size() && run.printed.size() < printed_lines_shown;) {
      const std::size_t end = std::min({text.find('\n', at), text.size(), at + printed_line_length});
      run.printed.push_back(printable(text.substr(at, end - at)));
      at = end < text.size() && text[end] == '\n' ? end + 1 : end;
    }
    runs.push_back(std::move(run));
  }
  return runs;
}

}  // namespace gradwalk::harness
