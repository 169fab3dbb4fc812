#pragma once

#include <string>
#include <vector>

#include "gradwalk/harness/check.hpp"
#include "gradwalk/harness/verdict.hpp"

namespace gradwalk::harness {

/// Whether the right gradients among these answers look like difference quotients: a sentence for the teacher, or
/// empty. Exact rules leave a rounding of double, or numbers that float can hold; a quotient leaves errors between the
/// two.
std::string numerical_gradient_noticed(const std::vector<Check>& checks, const std::vector<RunResult>& runs,
                                       const std::vector<CheckVerdict>& verdicts);

}  // namespace gradwalk::harness
