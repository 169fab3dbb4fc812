#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gradwalk/harness/check.hpp"
#include "gradwalk/harness/mistake.hpp"

namespace gradwalk::harness {

/// Numbers that are the same but for rounding. What is not finite is the same as anything that is not finite.
bool same(double got, double predicted, double tolerance);
bool same(const std::vector<double>& got, const std::vector<double>& predicted, const std::vector<double>& tolerance);

/// An alteration as it is in every check: the mistake, and the names of what it is made at.
std::string key_of(const Alteration& alteration, const Trace& trace);

/// One mistake, or two at once, that may explain what came back.
struct Candidate {
  std::string key;                 // the same in every check
  std::vector<std::string> parts;  // the keys of the two, or its own
  std::vector<Alteration> alterations;

  bool is_pair() const { return parts.size() == 2; }
  /// One mistake at several places with inputs of their own: an object that keeps nothing of the second call.
  bool is_all_stale() const { return parts.size() == 1 && alterations.size() > 1; }
};

/// What each possible mistake would make of one check. Keeps a reference to the check.
class Predictions {
 public:
  explicit Predictions(const Check& check);

  /// The candidates whose numbers are `got`.
  std::vector<Candidate> matching(const Expected& expected, const std::vector<double>& got) const;

  /// What is more than one mistake at one place and gives `got`: all that is kept from the call before at once; else
  /// the pairs. Each of the two matters: alone it would give other numbers.
  std::vector<Candidate> matching_pairs(const Expected& expected, const std::vector<double>& got) const;

  /// These two, if they can be made here and give `got`, and neither alone does.
  std::optional<Candidate> matching_pair(const std::vector<std::string>& parts, const Expected& expected,
                                         const std::vector<double>& got) const;

  /// Whether this mistake can be made here.
  bool has(const std::string& key) const;

  /// Whether it can, and gives these numbers.
  bool makes(const std::string& key, const Expected& expected, const std::vector<double>& got) const;

  /// Whether it can, and gives other numbers than those expected.
  bool changes(const std::string& key, const Expected& expected) const;

 private:
  Candidate all_stale() const;
  std::optional<Candidate> pair_of(const Candidate& a, const Candidate& b, const Expected& expected,
                                   const std::vector<double>& got) const;
  const Trace* previous() const { return check_.previous ? &*check_.previous : nullptr; }

  const Check& check_;
  std::vector<Candidate> candidates_;
  std::vector<Trace> altered_;
};

}  // namespace gradwalk::harness
