#pragma once

#include <vector>

#include "gradwalk/harness/check.hpp"
#include "gradwalk/harness/verdict.hpp"
#include "predictions.hpp"

namespace gradwalk::harness {

/// Explains every output whose fault is `different` or `not_finite`: `verdicts` gets explanations, and `carried` where
/// the numbers follow rightly from the student's own wrong ones. All run parallel, one entry for each check; without
/// predictions, they are made.
void explain_wrong_outputs(const std::vector<Check>& checks, const std::vector<RunResult>& runs,
                           std::vector<CheckVerdict>& verdicts, const std::vector<Predictions>* predictions = nullptr);

}  // namespace gradwalk::harness
