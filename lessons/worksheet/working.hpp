#pragma once

#include <string>

#include "problem.hpp"

namespace gradwalk::worksheet {

/// How the answer comes about, from the terms of the record: "2·(−1) + 0.5·3" for a gradient, "0.5 − 0.1·4" for a step.
/// Empty where the record has no such sum, or where its factors are no short numbers.
std::string working(const Problem& problem, const Answer& answer);

}  // namespace gradwalk::worksheet
