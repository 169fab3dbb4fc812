#pragma once

#include <vector>

#include "gradwalk/harness/check.hpp"
#include "gradwalk/harness/lesson.hpp"
#include "gradwalk/harness/verdict.hpp"

namespace gradwalk::harness {

/// A mistake costs its points in the first step where it shows: later steps that show the same one again are forgiven.
/// What was never computed is forgiven only where the mistake shows beside it, in numbers that were: the weights of an
/// epoch in which the biases do not learn.
void forgive_repeated_mistakes(const Lesson& lesson, const std::vector<Check>& checks,
                               const std::vector<RunResult>& runs, std::vector<CheckVerdict>& verdicts);

}  // namespace gradwalk::harness
