#pragma once

#include <vector>

#include "gradwalk/harness/check.hpp"
#include "gradwalk/harness/verdict.hpp"

namespace gradwalk::harness {

/// The right gradients among these answers that look like difference quotients: pointers into `verdicts`. Exact rules
/// leave a rounding of double, or numbers that float can hold; a quotient leaves errors between the two, in all that it
/// computes. Of submissions that compute their values in float nothing is said.
std::vector<OutputVerdict*> numerical_gradients(const std::vector<Check>& checks, const std::vector<RunResult>& runs,
                                                std::vector<CheckVerdict>& verdicts);

}  // namespace gradwalk::harness
