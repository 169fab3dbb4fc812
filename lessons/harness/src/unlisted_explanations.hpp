#pragma once

#include <vector>

#include "gradwalk/harness/check.hpp"
#include "gradwalk/harness/verdict.hpp"
#include "predictions.hpp"

// What explains wrong numbers that no alteration of the check's own computation gives.

namespace gradwalk::harness {

/// One mistake in the very rule of this answer, applied to the student's own numbers before it, which are wrong already.
/// `answered` is all that came back. Without words when there is none, or when these numbers would not tell it.
Explanation on_own_numbers(const Check& check, const std::vector<NamedTensor>& answered, const Expected& expected,
                           const std::vector<double>& got);

/// got = factor · expected, element by element: the factor, or 0 when there is none. The tolerance goes with the factor,
/// but no lower than `least_slack` of it: beside a whole tolerance all tiny numbers are alike.
double common_factor(const Expected& expected, const std::vector<double>& got, double least_slack = 0);

/// A parameter that should have come back unchanged, moved by a multiple of its gradient; without words when it was
/// not.
Explanation moved_by_gradient(const Check& check, const Expected& expected, const std::vector<double>& got);

/// Whether a gradient is right but for the weights of one layer, which have moved along their gradient before they were
/// used on the way back. Without words when it is not.
Explanation from_moved_weights(const Check& check, const Expected& expected, const std::vector<double>& got);

}  // namespace gradwalk::harness
