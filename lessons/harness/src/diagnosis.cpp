#include "diagnosis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>

#include "carried_numbers.hpp"
#include "explanations.hpp"
#include "first_non_number.hpp"
#include "gradwalk/nn/rules.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"
#include "patterned_errors.hpp"
#include "substituted_tensors.hpp"
#include "unlisted_explanations.hpp"

namespace gradwalk::harness {
namespace {

constexpr std::size_t explanations_shown = 3;

bool is_it(const KnownWrong& known, const std::vector<double>& got, const std::vector<double>& tolerance) {
  return known.recognised ? known.recognised(got) : same(got, known.values, tolerance);
}

/// A gradient that is right but for its shape: W (out, in) has a dW (out, in), not (in, out).
bool is_transposed(const Expected& expected, const NamedTensor& got) {
  if (expected.shape.size() != 2 || got.shape != Shape{expected.shape[1], expected.shape[0]}) return false;
  for (std::size_t i = 0; i < expected.shape[0]; ++i)
    for (std::size_t j = 0; j < expected.shape[1]; ++j) {
      const std::size_t at = i * expected.shape[1] + j;
      if (!same(got.values[j * expected.shape[0] + i], expected.values[at], expected.tolerance[at])) return false;
    }
  return true;
}

/// Another factor is another mistake.
Explanation scaled(double factor) {
  return {"scaled", tr("times {factor}", fmt::arg("factor", format_number(factor))), {}, {}, format_number(factor, 3)};
}

/// What no alteration of the check's computation gives, by whatever explains it first.
Explanation unlisted(const Check& check, const Reply& reply, const Expected& expected,
                     const std::vector<double>& numbers) {
  Explanation one = moved_by_gradient(check, expected, numbers);
  if (one.words.empty()) one = from_moved_weights(check, expected, numbers);
  if (one.words.empty()) one = on_own_numbers(check, asked_for(check, reply), expected, numbers);
  if (one.words.empty()) one = with_another_tensor(check, expected, numbers);
  if (one.words.empty()) one = patterned(expected, numbers);
  if (!one.words.empty()) return one;
  const double factor = common_factor(expected, numbers);
  return factor == 0 ? Explanation{} : scaled(factor);
}

/// All wrong outputs of one name, over all checks.
class Diagnosis {
  static constexpr const char *any_function = "", *any_output = "";

 public:
  Diagnosis(const std::vector<Check>& checks, const std::vector<RunResult>& runs, std::vector<CheckVerdict>& verdicts,
            const std::vector<Predictions>& predictions)
      : checks_(checks), runs_(runs), verdicts_(verdicts), predictions_(predictions) {}

  void explain() {
    std::set<std::string> names;
    for (std::size_t c = 0; c < checks_.size(); ++c)
      for (std::size_t o = 0; o < verdicts_[c].outputs.size(); ++o)
        if (is_number_fault(verdicts_[c].outputs[o]) || left_alone(c, o)) names.insert(verdicts_[c].outputs[o].name);
    for (const std::string& name : names) explain(name);
  }

 private:
  struct Wrong {
    std::size_t check, output;
    std::vector<Candidate> candidates;
  };

  void explain(const std::string& name) {
    std::vector<Wrong> wrongs = wrong_outputs(name);
    // Of what the exercise leaves, only the lesson can know how it came about.
    const auto is_computed = [&](const Wrong& wrong) {
      return checks_[wrong.check].trace && is_number_fault(verdicts_[wrong.check].outputs[wrong.output]);
    };
    for (Wrong& wrong : wrongs)
      if (is_computed(wrong))
        wrong.candidates = predictions_[wrong.check].matching(expected(wrong), got(wrong.check, name));
    // Two mistakes are looked for where no single one fits.
    for (Wrong& wrong : wrongs)
      if (is_computed(wrong) && wrong.candidates.empty())
        wrong.candidates = predictions_[wrong.check].matching_pairs(expected(wrong), got(wrong.check, name));
    add_pairs_of_others(wrongs, name);

    const std::vector<Wrong> all = wrongs;
    for (Wrong& wrong : wrongs)
      std::erase_if(wrong.candidates, [&](const Candidate& one) {
        return misses_others(one, all) || (is_one_number(wrong) && fits_nothing_else(one, wrong));
      });
    const std::map<std::string, std::size_t> votes = votes_for(wrongs, name, any_function);
    for (const Wrong& wrong : wrongs) {
      std::vector<Candidate> best = best_of(wrong.candidates, votes);
      // The same thing may stand in two functions, and be wrong in one of them.
      const std::string& function = checks_[wrong.check].function;
      if (best.empty()) best = best_of(wrong.candidates, votes_for(wrongs, name, function));
      explain(wrong, name, best);
    }
  }

  /// Few different numbers, as in saturated units, let a single mistake fit that was not made: there the two that
  /// explain another check must have their say too.
  void add_pairs_of_others(std::vector<Wrong>& wrongs, const std::string& name) const {
    std::map<std::string, Candidate> pairs;
    for (const Wrong& wrong : wrongs)
      for (const Candidate& candidate : wrong.candidates)
        if (candidate.is_pair()) pairs.emplace(candidate.key, candidate);
    for (Wrong& wrong : wrongs) {
      if (wrong.candidates.empty() || wrong.candidates[0].is_pair()) continue;
      for (const auto& [key, pair] : pairs)
        if (auto here = predictions_[wrong.check].matching_pair(pair.parts, expected(wrong), got(wrong.check, name)))
          wrong.candidates.push_back(std::move(*here));
    }
  }

  void explain(const Wrong& wrong, const std::string& name, const std::vector<Candidate>& best) {
    const Check& check = checks_[wrong.check];
    const std::vector<double>& numbers = got(wrong.check, name);
    std::vector<Explanation>& explanations = verdicts_[wrong.check].outputs[wrong.output].explanations;
    for (const Candidate& candidate : best) add(explanations, explanation(check, candidate, expected(wrong), numbers));
    for (const KnownWrong* known : known_for(wrong, name, !explanations.empty()))
      add(explanations, {known->mistake, known->words, {}, {}});
    if (explanations.empty() && !expected(wrong).complaint)
      if (Explanation one = unlisted(check, runs_[wrong.check].reply, expected(wrong), numbers); !one.words.empty())
        add(explanations, std::move(one));
    if (explanations.size() > explanations_shown) explanations.resize(explanations_shown);
  }

  /// What is known to make these numbers, in every check of the function: what fits here alone fits by accident. Better
  /// what also makes the function's other answers what they are.
  std::vector<const KnownWrong*> known_for(const Wrong& wrong, const std::string& name, bool explained) const {
    std::vector<const KnownWrong*> known;
    for (const KnownWrong& one : checks_[wrong.check].known_wrong)
      if (one.output == name && is_it(one, got(wrong.check, name), expected(wrong).tolerance)) known.push_back(&one);
    const std::string& function = checks_[wrong.check].function;
    std::erase_if(known, [&](const KnownWrong* one) { return !explains(function, name, one->mistake); });
    prefer(
        known, [&](const KnownWrong* one) { return explains(function, any_output, one->mistake); }, explained);
    prefer(known, [&](const KnownWrong* one) { return explains(any_function, any_output, one->mistake); });
    return known;
  }

  /// Whether these answers, of one function or of all, of one name or of all, are those that the mistake makes.
  bool explains(const std::string& function, const std::string& name, const std::string& mistake) const {
    for (std::size_t c = 0; c < checks_.size(); ++c) {
      if (function != any_function && checks_[c].function != function) continue;
      for (std::size_t o = 0; o < checks_[c].expect.size(); ++o)
        if ((name == any_output || checks_[c].expect[o].name == name) && !explains_answer(c, o, mistake)) return false;
    }
    return true;
  }

  /// One name of a mistake may stand for several numbers.
  bool explains_answer(std::size_t c, std::size_t output, const std::string& mistake) const {
    const Expected& expected = checks_[c].expect[output];
    const NamedTensor* answer = runs_[c].reply.find(expected.name);
    bool made = false;
    for (const KnownWrong& known : checks_[c].known_wrong) {
      if (known.mistake != mistake || known.output != expected.name) continue;
      // What is only recognised may have nothing to show here.
      if (known.recognised && verdicts_[c].outputs[output].fault == Fault::none) return true;
      made = true;
      if (answer && is_it(known, answer->values, expected.tolerance)) return true;
    }
    return !made;
  }

  /// How many of the wrong answers a candidate explains. Two mistakes at once must explain all that both can be made
  /// in: among so many pairs some fit a check by accident.
  std::map<std::string, std::size_t> votes_for(const std::vector<Wrong>& wrongs, const std::string& name,
                                               const std::string& function) const {
    std::map<std::string, std::size_t> votes;
    for (const Wrong& wrong : wrongs)
      for (const Candidate& candidate : wrong.candidates)
        if (!contradicted(candidate, name, function)) ++votes[candidate.key];
    for (const Wrong& wrong : wrongs)
      for (const Candidate& candidate : wrong.candidates) {
        const auto vote = votes.find(candidate.key);
        if (candidate.is_pair() && vote != votes.end() && vote->second < possible_in(candidate, wrongs))
          votes.erase(vote);
      }
    return votes;
  }

  /// Of what would explain a check, the one that explains most of the checks; and of those that explain equally many,
  /// not the ones that would make another answer wrong, which is right. This is only a preference: a student may
  /// compute the same thing rightly in one place and wrongly in another.
  std::vector<Candidate> best_of(const std::vector<Candidate>& candidates,
                                 const std::map<std::string, std::size_t>& votes) const {
    const auto votes_of = [&](const Candidate& candidate) {
      const auto vote = votes.find(candidate.key);
      return vote == votes.end() ? 0 : vote->second;
    };
    std::size_t most = 1;
    for (const Candidate& candidate : candidates) most = std::max(most, votes_of(candidate));
    std::vector<Candidate> best;
    for (const Candidate& candidate : candidates)
      if (votes_of(candidate) == most) best.push_back(candidate);
    prefer(best, [&](const Candidate& candidate) { return !contradicted(candidate); });
    std::size_t most_answers = 0;
    for (const Candidate& candidate : best) most_answers = std::max(most_answers, answers_explained(candidate));
    prefer(best, [&](const Candidate& candidate) { return answers_explained(candidate) == most_answers; });
    prefer(best, [](const Candidate& candidate) { return !is_mere_factor(candidate); });
    return best;
  }

  /// How many wrong answers, whatever their names: one mistake in the loss is likelier than one in dW and one in db.
  std::size_t answers_explained(const Candidate& candidate) const {
    std::size_t count = 0;
    for (std::size_t c = 0; c < checks_.size(); ++c)
      for (std::size_t o = 0; o < checks_[c].expect.size(); ++o)
        if (is_number_fault(verdicts_[c].outputs[o]))
          count += predictions_[c].makes(candidate.key, checks_[c].expect[o], got(c, checks_[c].expect[o].name));
    return count;
  }

  /// Keeps only those that are preferred, if there are any (or in any case).
  template <class T, class Preferred>
  static void prefer(std::vector<T>& found, Preferred preferred, bool in_any_case = false) {
    const auto others = std::stable_partition(found.begin(), found.end(), preferred);
    if (in_any_case || others != found.begin()) found.erase(others, found.end());
  }

  /// "halved" says what the numbers look like, "the factor 2 of the square is left out" why.
  static bool is_mere_factor(const Candidate& candidate) {
    return std::any_of(candidate.alterations.begin(), candidate.alterations.end(), [](const Alteration& alteration) {
      return alteration.mistake->id == "halved" || alteration.mistake->id == "doubled";
    });
  }

  std::vector<Wrong> wrong_outputs(const std::string& name) const {
    std::vector<Wrong> wrongs;
    for (std::size_t c = 0; c < checks_.size(); ++c)
      for (std::size_t o = 0; o < checks_[c].expect.size(); ++o)
        if (checks_[c].expect[o].name == name && (is_number_fault(verdicts_[c].outputs[o]) || left_alone(c, o)))
          wrongs.push_back({c, o, {}});
    return wrongs;
  }

  /// As the exercise leaves it, in a step that was worked on: a number may come out so by mistake.
  bool left_alone(std::size_t c, std::size_t o) const {
    const OutputVerdict& one = verdicts_[c].outputs[o];
    if (one.fault != Fault::untouched) return false;
    for (std::size_t check = 0; check < checks_.size(); ++check)
      for (std::size_t i = 0; i < checks_[check].expect.size(); ++i) {
        const OutputVerdict& other = verdicts_[check].outputs[i];
        if (other.step == one.step && other.fault != Fault::untouched && other.fault != Fault::missing &&
            can_tell(checks_[check].expect[i]))
          return true;
      }
    return false;
  }

  const Expected& expected(const Wrong& wrong) const { return checks_[wrong.check].expect[wrong.output]; }

  /// In how many of these checks both mistakes of a pair can be made.
  std::size_t possible_in(const Candidate& pair, const std::vector<Wrong>& wrongs) const {
    return static_cast<std::size_t>(std::count_if(wrongs.begin(), wrongs.end(), [&](const Wrong& wrong) {
      return std::all_of(pair.parts.begin(), pair.parts.end(),
                         [&](const std::string& part) { return predictions_[wrong.check].has(part); });
    }));
  }

  static void add(std::vector<Explanation>& explanations, Explanation one) {
    for (const Explanation& other : explanations)
      if (other.words == one.words) return;
    explanations.push_back(std::move(one));
  }

  const std::vector<double>& got(std::size_t check, const std::string& name) const {
    return runs_[check].reply.find(name)->values;
  }

  /// A mistake that would have been seen in an answer that is right has not been made. Without a name: in any answer.
  bool contradicted(const Candidate& candidate, const std::string& name = {},
                    const std::string& function = any_function) const {
    if (candidate.is_pair()) return false;
    for (std::size_t c = 0; c < checks_.size(); ++c)
      for (std::size_t o = 0; o < checks_[c].expect.size(); ++o)
        if ((name.empty() || checks_[c].expect[o].name == name) &&
            (function == any_function || checks_[c].function == function) && would_have_shown(candidate, c, o))
          return true;
    return false;
  }

  /// A forward mistake is made once for all that is computed from its output: one that explains a gradient here and
  /// not in another check, where it would show, fits by accident. Few numbers do: signs, counts.
  bool misses_others(const Candidate& candidate, const std::vector<Wrong>& wrongs) const {
    if (candidate.is_pair() || candidate.alterations[0].slot != Site::forward_slot) return false;
    return std::any_of(wrongs.begin(), wrongs.end(), [&](const Wrong& other) {
      return predictions_[other.check].changes(candidate.key, expected(other)) &&
             std::none_of(other.candidates.begin(), other.candidates.end(),
                          [&](const Candidate& one) { return one.key == candidate.key; });
    });
  }

  /// A single number is soon explained: the gradient of one bias is a sum of a few signs.
  bool is_one_number(const Wrong& wrong) const {
    const Check& check = checks_[wrong.check];
    if (expected(wrong).values.size() != 1 || !check.trace) return false;
    const Record& record = check.trace->record;
    const TensorId tensor = asked(record, expected(wrong).name).tensor;
    return std::any_of(record.ops.begin(), record.ops.end(), [&](const Op& op) {
      return op.kind == OpKind::linear && op.inputs.size() == 3 && op.inputs[2] == tensor;
    });
  }

  /// Other answers of the check are wrong too, and this explains none of them; nor does anything else.
  bool fits_nothing_else(const Candidate& candidate, const Wrong& wrong) const {
    const Check& check = checks_[wrong.check];
    const Predictions& predictions = predictions_[wrong.check];
    bool others = false;
    for (std::size_t o = 0; o < check.expect.size(); ++o) {
      const Expected& other = check.expect[o];
      if (o == wrong.output || !is_number_fault(verdicts_[wrong.check].outputs[o]) || !is_traced(check, other.name))
        continue;
      others = true;
      const std::vector<double>& numbers = got(wrong.check, other.name);
      const bool made = std::any_of(candidate.parts.begin(), candidate.parts.end(),
                                    [&](const std::string& part) { return predictions.makes(part, other, numbers); });
      const bool changed = std::any_of(candidate.parts.begin(), candidate.parts.end(),
                                       [&](const std::string& part) { return predictions.changes(part, other); });
      if (made || (!changed && !predictions.matching(other, numbers).empty())) return false;
    }
    return others;
  }

  /// Whether this answer is right and would not be, had the mistake been made.
  bool would_have_shown(const Candidate& candidate, std::size_t c, std::size_t o) const {
    const Expected& one = checks_[c].expect[o];
    return verdicts_[c].outputs[o].fault == Fault::none && is_traced(checks_[c], one.name) &&
           predictions_[c].changes(candidate.key, one);
  }

  const std::vector<Check>& checks_;
  const std::vector<RunResult>& runs_;
  std::vector<CheckVerdict>& verdicts_;
  const std::vector<Predictions>& predictions_;
};

/// Where a NaN or an infinity begins.
void find_origins(const std::vector<Check>& checks, const std::vector<RunResult>& runs,
                  std::vector<CheckVerdict>& verdicts) {
  for (std::size_t c = 0; c < checks.size(); ++c)
    for (OutputVerdict& output : verdicts[c].outputs)
      if (output.fault == Fault::not_finite) output.origin = first_non_number(checks, runs, c, output.name);
}

void find_transposed(const Check& check, const RunResult& run, CheckVerdict& verdict) {
  for (std::size_t o = 0; o < check.expect.size(); ++o) {
    const NamedTensor* got = run.reply.find(check.expect[o].name);
    if (verdict.outputs[o].fault == Fault::wrong_shape && got && is_transposed(check.expect[o], *got))
      verdict.outputs[o].explanations.push_back({"transposed", tr("transposed"), {}, {}});
  }
}

}  // namespace

void explain_wrong_outputs(const std::vector<Check>& checks, const std::vector<RunResult>& runs,
                           std::vector<CheckVerdict>& verdicts, const std::vector<Predictions>* predictions) {
  for (std::size_t c = 0; c < checks.size(); ++c) {
    find_carried(checks[c], runs[c], verdicts[c]);
    find_transposed(checks[c], runs[c], verdicts[c]);
  }
  find_passed_through(checks, runs, verdicts);
  const bool any = std::any_of(verdicts.begin(), verdicts.end(), [](const CheckVerdict& v) {
    return std::any_of(v.outputs.begin(), v.outputs.end(), [](const OutputVerdict& output) {
      return is_number_fault(output) || output.fault == Fault::untouched;
    });
  });
  if (!any) return;
  find_origins(checks, runs, verdicts);
  std::vector<Predictions> made;
  if (!predictions) made = {checks.begin(), checks.end()};
  Diagnosis(checks, runs, verdicts, predictions ? *predictions : made).explain();
}

}  // namespace gradwalk::harness
