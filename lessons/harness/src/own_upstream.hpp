#pragma once

#include <string>
#include <vector>

#include "gradwalk/harness/check.hpp"
#include "gradwalk/harness/trace.hpp"

namespace gradwalk::harness {

struct OwnNumbers {
  std::vector<double> values;
  // Whether a wrong rule would show with what the student computes this from: numbers as large, as many and as various
  // as the right ones, and as often several in a row and in a column. From zeros, or from 1e-30, every rule makes the
  // same.
  bool telling = false;
  Trace trace = {};  // with the student's numbers in it
};

/// What the tensor `name` should be, given everything else that the student answered, right or wrong: the rule of this
/// one step applied to the student's own numbers. What the judge gives, the upstream gradient, stays the judge's.
OwnNumbers from_own_numbers(const Trace& trace, const std::vector<NamedTensor>& answered, const std::string& name);

/// The tolerance of what is expected, smaller where these numbers are.
std::vector<double> tolerance_for(const OwnNumbers& own, const Expected& expected);

}  // namespace gradwalk::harness
