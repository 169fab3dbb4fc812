// Of the judge: what the checks of lesson 11 have in common, and its parts.
#pragma once

#include <vector>

#include "gradwalk/harness/lesson.hpp"

namespace gradwalk::harness::lesson_11 {

using Values = std::vector<double>;

/// The initial weights, by their statistics.
std::vector<Check> weights_checks(Draw& draw);
/// The penalty and its gradient, of nets of two layers and of three.
std::vector<Check> l2_checks(Draw& draw);
/// The early stop, on losses that are given.
std::vector<Check> stop_checks(Draw& draw);

}  // namespace gradwalk::harness::lesson_11
