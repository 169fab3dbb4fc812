#include "explanations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gradwalk/nn/rules.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"

namespace gradwalk::harness {
namespace {

constexpr std::size_t terms_shown = 6;

/// "dz[0,1] · x[0,2] = 0.5 · -1.25 = -0.625", the terms of one element through the op where the mistake is.
std::vector<std::string> terms_in_words(const Trace& trace, const Alteration& alteration, std::size_t index) {
  const Record& record = trace.record;
  const Op& op = record.ops[alteration.ops.front()];
  std::vector<std::string> lines;
  if (alteration.slot == Site::forward_slot) return lines;
  const Tensor& target = record[op.inputs[alteration.slot]];
  const Tensor& output = record[op.output];
  if (index >= target.size()) return lines;
  std::size_t left_out = 0;
  for_each_output(record, op, alteration.slot, index, [&](std::size_t out, double local) {
    if (output.gradient[out] == 0 || local == 0) return;
    if (lines.size() == terms_shown) {
      ++left_out;
      return;
    }
    lines.push_back(fmt::format("d{} · ∂{}/∂{} = {} · {} = {}", output.element_name(out), output.element_name(out),
                                target.element_name(index), format_number(output.gradient[out]), format_number(local),
                                format_number(output.gradient[out] * local)));
  });
  if (left_out) lines.push_back(trn("and {n} more term", "and {n} more terms", left_out, fmt::arg("n", left_out)));
  return lines;
}

/// The trace's index of the first wrong element of this output; it comes first in OutputVerdict::first.
std::size_t first_wrong(const Expected& expected, const std::vector<double>& got) {
  for (std::size_t i = 0; i < got.size(); ++i)
    if (!(std::abs(got[i] - expected.values[i]) <= expected.tolerance[i])) return i;
  return 0;
}

/// Of several layers with the same mistake, the one that the answer is the gradient of; else the first.
std::size_t op_of(const Record& record, const Alteration& alteration, TensorId answer) {
  if (alteration.slot != Site::forward_slot)
    for (const std::size_t op : alteration.ops)
      if (record.ops[op].inputs[alteration.slot] == answer) return op;
  return alteration.ops.front();
}

}  // namespace

Place place_of(const Record& record, std::size_t op, std::size_t slot) {
  const std::string& output = record[record.ops[op].output].name;
  if (slot == Site::forward_slot) return {"", output};
  return {output, record[record.ops[op].inputs[slot]].name};
}

Explanation explanation(const Check& check, const Candidate& candidate, const Expected& expected,
                        const std::vector<double>& got) {
  const Trace* previous = check.previous ? &*check.previous : nullptr;
  const Asked which = asked(check.trace->record, expected.name);
  Explanation result;
  result.key = candidate.key;
  for (const Alteration& alteration : candidate.alterations) {
    const std::size_t spoken_of = op_of(check.trace->record, alteration, which.tensor);
    const std::string words = alteration.mistake->words({*check.trace, previous, spoken_of, alteration.slot});
    result.mistake += (result.mistake.empty() ? "" : " + ") + std::string(alteration.mistake->id);
    if (result.words.empty())
      result.words = words;
    else if (result.words != words)
      result.words = tr("{one}, and {other}", fmt::arg("one", result.words), fmt::arg("other", words));
    for (const std::size_t at : alteration.ops)
      result.places.push_back(place_of(check.trace->record, at, alteration.slot));
    // The terms are of the wrong element itself: only where the mistake is made at the gradient that came back.
    const Op& op = check.trace->record.ops[alteration.ops.front()];
    if (which.gradient && alteration.slot != Site::forward_slot && op.inputs[alteration.slot] == which.tensor)
      result.terms = terms_in_words(*check.trace, alteration, first_wrong(expected, got));
  }
  if (candidate.is_all_stale()) {
    result.mistake = candidate.alterations.front().mistake->id;
    result.words = tr("with all that the call before has left: forward must keep what backward needs every time");
    result.terms.clear();
  }
  return result;
}

}  // namespace gradwalk::harness
