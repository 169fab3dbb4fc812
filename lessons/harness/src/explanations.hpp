#pragma once

#include <vector>

#include "gradwalk/harness/check.hpp"
#include "gradwalk/harness/verdict.hpp"
#include "predictions.hpp"

namespace gradwalk::harness {

/// What a candidate says about an answer: its words, its places in the graph, the first wrong element as a sum of
/// terms.
Explanation explanation(const Check& check, const Candidate& candidate, const Expected& expected,
                        const std::vector<double>& got);

/// Where in the computation's graph an op's slot is.
Place place_of(const Record& record, std::size_t op, std::size_t slot);

}  // namespace gradwalk::harness
