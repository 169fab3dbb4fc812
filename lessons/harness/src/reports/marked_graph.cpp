#include "reports/marked_graph.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/graph.hpp"
#include "gradwalk/tracer/language.hpp"
#include "words.hpp"

namespace gradwalk::harness {
namespace {

struct Shown {
  std::string check;
  const OutputVerdict* output = nullptr;
  const Explanation* explanation = nullptr;
};

/// The first mistake whose place is known; nothing when there is none.
Shown mistake_to_show(const Verdict& verdict) {
  for (const CheckVerdict& check : verdict.checks)
    for (const OutputVerdict& output : check.outputs)
      if (output.fault != Fault::carried && !output.explanations.empty() && !output.explanations[0].places.empty())
        return {check.id, &output, &output.explanations[0]};
  return {};
}

std::string draw(const Lesson& lesson, const Shown& shown, const std::string& caption) {
  const std::vector<Check> checks = lesson.checks("an example", "for the marked graph");
  const auto check =
      std::find_if(checks.begin(), checks.end(), [&](const Check& one) { return one.id == shown.check; });
  if (check == checks.end() || !check->trace) return {};
  GraphOptions options;
  options.inline_svg = true;
  options.legend = false;
  for (const Place& place : shown.explanation->places) options.marks.push_back({place.from, place.to, caption});
  try {
    return render_graph(check->trace->record, options, GraphFormat::svg);
  } catch (const InputError&) {  // no Graphviz: the page is made without the picture
    return {};
  }
}

}  // namespace

MarkedGraph MarkedGraphs::of(const Lesson& lesson, const Verdict& verdict) {
  const Shown shown = mistake_to_show(verdict);
  if (!shown.explanation) return {};
  const std::string caption =
      tr("Where your {name} goes wrong (✗), in a graph with example numbers: it is the right one {how}.",
         fmt::arg("name", shown.output->name), fmt::arg("how", shown.explanation->words));
  std::string key = lesson.name + "\n" + shown.check + "\n" + caption;
  for (const Place& place : shown.explanation->places) key += "\n" + place.from + " " + place.to;
  const auto found = drawn_.find(key);
  if (found != drawn_.end()) return found->second;
  return drawn_.emplace(key, MarkedGraph{caption, draw(lesson, shown, caption)}).first->second;
}

}  // namespace gradwalk::harness
