#include "diagnosis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "gradwalk/harness/mistake.hpp"
#include "gradwalk/nn/rules.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"

namespace gradwalk::harness {
namespace {

constexpr double match = 1e-5;  // relative, as the tolerances of the checks are
constexpr std::size_t terms_shown = 6;

/// An alteration as it is in every check: the mistake, and the names of what it is made at.
std::string key_of(const Alteration& alteration, const Trace& trace) {
  std::string key =
      std::string(alteration.mistake->id) + fmt::format("/{}", static_cast<std::ptrdiff_t>(alteration.slot));
  for (const std::size_t op : alteration.ops) key += "/" + trace.record[trace.record.ops[op].output].name;
  return key;
}

bool same(double got, double predicted, double tolerance) {
  if (!std::isfinite(got) || !std::isfinite(predicted)) return !std::isfinite(got) && !std::isfinite(predicted);
  return std::abs(got - predicted) <= std::max(tolerance, match * std::abs(predicted));
}

bool same(const std::vector<double>& got, const std::vector<double>& predicted, const std::vector<double>& tolerance) {
  if (got.size() != predicted.size()) return false;
  for (std::size_t i = 0; i < got.size(); ++i)
    if (!same(got[i], predicted[i], tolerance[i])) return false;
  return true;
}

struct Candidate {
  std::string key;
  Alteration alteration;
};

/// What each possible mistake would make of one check.
class Predictions {
 public:
  explicit Predictions(const Check& check) : check_(check) {
    if (!check.trace) return;
    const Trace* previous = check.previous ? &*check.previous : nullptr;
    for (const Alteration& alteration : possible_alterations(*check.trace, previous)) {
      candidates_.push_back({key_of(alteration, *check.trace), alteration});
      altered_.push_back(altered(*check.trace, previous, {&alteration, 1}));
    }
  }

  /// The candidates whose numbers are `got`.
  std::vector<Candidate> matching(const Expected& expected, const std::vector<double>& got) const {
    std::vector<Candidate> found;
    for (std::size_t i = 0; i < candidates_.size(); ++i)
      if (same(got, altered_[i].tensor(expected.name).values, expected.tolerance)) found.push_back(candidates_[i]);
    return found;
  }

  bool has(const std::string& key) const {
    return std::any_of(candidates_.begin(), candidates_.end(), [&](const Candidate& c) { return c.key == key; });
  }

 private:
  const Check& check_;
  std::vector<Candidate> candidates_;
  std::vector<Trace> altered_;
};

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

Explanation explanation(const Check& check, const Candidate& candidate, const Expected& expected,
                        const std::vector<double>& got) {
  const Alteration& alteration = candidate.alteration;
  const Trace* previous = check.previous ? &*check.previous : nullptr;
  Explanation result;
  result.mistake = alteration.mistake->id;
  result.words = alteration.mistake->words({*check.trace, previous, alteration.ops.front(), alteration.slot});
  // The terms are of the wrong element itself: only where the mistake is made at the gradient that came back.
  const Asked which = asked(check.trace->record, expected.name);
  const Op& op = check.trace->record.ops[alteration.ops.front()];
  if (which.gradient && alteration.slot != Site::forward_slot && op.inputs[alteration.slot] == which.tensor)
    result.terms = terms_in_words(*check.trace, alteration, first_wrong(expected, got));
  return result;
}

bool to_be_explained(const OutputVerdict& output) {
  return output.fault == Fault::different || output.fault == Fault::not_finite;
}

/// All wrong outputs of one name, over all checks.
class Diagnosis {
 public:
  Diagnosis(const std::vector<Check>& checks, const std::vector<RunResult>& runs, std::vector<CheckVerdict>& verdicts)
      : checks_(checks), runs_(runs), verdicts_(verdicts) {
    for (const Check& check : checks) predictions_.emplace_back(check);
  }

  void explain() {
    std::set<std::string> names;
    for (std::size_t c = 0; c < checks_.size(); ++c)
      for (const OutputVerdict& output : verdicts_[c].outputs)
        if (to_be_explained(output)) names.insert(output.name);
    for (const std::string& name : names) explain(name);
  }

 private:
  struct Wrong {
    std::size_t check, output;
    std::vector<Candidate> candidates;
  };

  void explain(const std::string& name) {
    std::vector<Wrong> wrongs;
    std::map<std::string, std::size_t> votes;
    for (std::size_t c = 0; c < checks_.size(); ++c)
      for (std::size_t o = 0; o < checks_[c].expect.size(); ++o) {
        if (checks_[c].expect[o].name != name || !to_be_explained(verdicts_[c].outputs[o])) continue;
        Wrong wrong{c, o, {}};
        if (checks_[c].trace) wrong.candidates = predictions_[c].matching(checks_[c].expect[o], got(c, name));
        for (const Candidate& candidate : wrong.candidates) ++votes[candidate.key];
        wrongs.push_back(std::move(wrong));
      }
    // What explains most of the checks explains the rest too, as far as it can be made there.
    std::size_t most = 0;
    for (const auto& [key, count] : votes)
      if (!contradicted(key, name)) most = std::max(most, count);
    for (const Wrong& wrong : wrongs) {
      const Expected& expected = checks_[wrong.check].expect[wrong.output];
      std::vector<Explanation>& explanations = verdicts_[wrong.check].outputs[wrong.output].explanations;
      for (const Candidate& candidate : wrong.candidates)
        if (votes[candidate.key] == most && !contradicted(candidate.key, name))
          add(explanations, explanation(checks_[wrong.check], candidate, expected, got(wrong.check, name)));
      for (const KnownWrong& known : checks_[wrong.check].known_wrong)
        if (known.output == name && same(got(wrong.check, name), known.values, expected.tolerance))
          add(explanations, {known.mistake, known.words, {}});
    }
  }

  static void add(std::vector<Explanation>& explanations, Explanation one) {
    for (const Explanation& other : explanations)
      if (other.words == one.words) return;
    explanations.push_back(std::move(one));
  }

  const std::vector<double>& got(std::size_t check, const std::string& name) const {
    return runs_[check].reply.find(name)->values;
  }

  /// A mistake that would have been seen in a check that is right has not been made.
  bool contradicted(const std::string& key, const std::string& name) const {
    for (std::size_t c = 0; c < checks_.size(); ++c)
      for (std::size_t o = 0; o < checks_[c].expect.size(); ++o) {
        const Expected& expected = checks_[c].expect[o];
        if (expected.name != name || verdicts_[c].outputs[o].fault != Fault::none || !predictions_[c].has(key))
          continue;
        const std::vector<Candidate> fits = predictions_[c].matching(expected, expected.values);
        if (std::none_of(fits.begin(), fits.end(), [&](const Candidate& f) { return f.key == key; })) return true;
      }
    return false;
  }

  const std::vector<Check>& checks_;
  const std::vector<RunResult>& runs_;
  std::vector<CheckVerdict>& verdicts_;
  std::vector<Predictions> predictions_;
};

}  // namespace

void explain_wrong_outputs(const std::vector<Check>& checks, const std::vector<RunResult>& runs,
                           std::vector<CheckVerdict>& verdicts) {
  const bool any = std::any_of(verdicts.begin(), verdicts.end(), [](const CheckVerdict& v) {
    return std::any_of(v.outputs.begin(), v.outputs.end(), to_be_explained);
  });
  if (any) Diagnosis(checks, runs, verdicts).explain();
}

}  // namespace gradwalk::harness
