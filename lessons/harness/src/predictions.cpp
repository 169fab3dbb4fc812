#include "predictions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace gradwalk::harness {
namespace {

constexpr double match = 1e-5;            // relative, as the tolerances of the checks are
constexpr std::size_t most_paired = 160;  // candidates; beyond that there are too many pairs to try

}  // namespace

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

std::string key_of(const Alteration& alteration, const Trace& trace) {
  // Some mistakes come in several sizes under one name, as an ε does: each is one of its own.
  std::string key = fmt::format("{}#{}/{}", alteration.mistake->id, alteration.mistake - catalogue().data(),
                                static_cast<std::ptrdiff_t>(alteration.slot));
  for (const std::size_t at : alteration.ops) {
    const Op& op = trace.record.ops[at];
    key += fmt::format("/{}:{}", name_of(op.kind), trace.record[op.output].name);
  }
  return key;
}

Predictions::Predictions(const Check& check) : check_(check) {
  if (!check.trace) return;
  for (Alteration& alteration : possible_alterations(*check.trace, previous())) {
    const std::string key = key_of(alteration, *check.trace);
    candidates_.push_back({key, {key}, {std::move(alteration)}});
    altered_.push_back(altered(*check.trace, previous(), candidates_.back().alterations));
  }
}

std::vector<Candidate> Predictions::matching(const Expected& expected, const std::vector<double>& got) const {
  std::vector<Candidate> found;
  if (!is_traced(check_, expected.name)) return found;
  for (std::size_t i = 0; i < candidates_.size(); ++i)
    if (same(got, altered_[i].tensor(expected.name).values, expected.tolerance)) found.push_back(candidates_[i]);
  return found;
}

std::vector<Candidate> Predictions::matching_pairs(const Expected& expected, const std::vector<double>& got) const {
  std::vector<Candidate> found;
  if (!is_traced(check_, expected.name)) return found;
  std::vector<std::size_t> felt;
  for (std::size_t i = 0; i < candidates_.size(); ++i)
    if (!same(expected.values, altered_[i].tensor(expected.name).values, expected.tolerance)) felt.push_back(i);
  if (const Candidate stale = all_stale(); stale.alterations.size() > 1)
    if (same(got, altered(*check_.trace, previous(), stale.alterations).tensor(expected.name).values,
             expected.tolerance)) {
      found.push_back(stale);
      return found;
    }
  if (felt.size() > most_paired) return found;
  for (std::size_t i = 0; i < felt.size(); ++i)
    for (std::size_t j = i + 1; j < felt.size(); ++j)
      if (auto pair = pair_of(candidates_[felt[i]], candidates_[felt[j]], expected, got))
        found.push_back(std::move(*pair));
  return found;
}

std::optional<Candidate> Predictions::pair_of(const Candidate& a, const Candidate& b, const Expected& expected,
                                              const std::vector<double>& got) const {
  if (!can_go_together(a.alterations[0], b.alterations[0])) return std::nullopt;
  Candidate pair{a.key + " + " + b.key, {a.key, b.key}, {a.alterations[0], b.alterations[0]}};
  const Trace both = altered(*check_.trace, previous(), pair.alterations);
  if (!same(got, both.tensor(expected.name).values, expected.tolerance)) return std::nullopt;
  return pair;
}

std::optional<Candidate> Predictions::matching_pair(const std::vector<std::string>& parts, const Expected& expected,
                                                    const std::vector<double>& got) const {
  if (!is_traced(check_, expected.name)) return std::nullopt;
  const Candidate* found[2] = {};
  for (std::size_t part = 0; part < 2; ++part) {
    if (makes(parts[part], expected, got)) return std::nullopt;
    for (const Candidate& one : candidates_)
      if (one.key == parts[part]) found[part] = &one;
  }
  if (!found[0] || !found[1]) return std::nullopt;
  return pair_of(*found[0], *found[1], expected, got);
}

Candidate Predictions::all_stale() const {
  const std::string key = "stale-cache everywhere";
  Candidate all{key, {key}, {}};
  for (const Candidate& one : candidates_) {
    const Alteration& alteration = one.alterations[0];
    if (alteration.mistake->id == "stale-cache" && alteration.ops.size() == 1) all.alterations.push_back(alteration);
  }
  return all;
}

bool Predictions::has(const std::string& key) const {
  return std::any_of(candidates_.begin(), candidates_.end(), [&](const Candidate& c) { return c.key == key; });
}

bool Predictions::makes(const std::string& key, const Expected& expected, const std::vector<double>& got) const {
  if (!is_traced(check_, expected.name)) return false;
  for (std::size_t i = 0; i < candidates_.size(); ++i)
    if (candidates_[i].key == key) return same(got, altered_[i].tensor(expected.name).values, expected.tolerance);
  return false;
}

bool Predictions::changes(const std::string& key, const Expected& expected) const {
  for (std::size_t i = 0; i < candidates_.size(); ++i)
    if (candidates_[i].key == key)
      return !same(expected.values, altered_[i].tensor(expected.name).values, expected.tolerance);
  return false;
}

}  // namespace gradwalk::harness
