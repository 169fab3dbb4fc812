#pragma once

#include <vector>

#include "gradwalk/harness/check.hpp"
#include "gradwalk/harness/verdict.hpp"

namespace gradwalk::harness {

/// What the wrong numbers look like beside the right ones, whatever they are computed by: a row that is missing, rows in
/// another order, signs lost. Without words when it is none of these, or when so few numbers would not tell.
Explanation patterned(const Expected& expected, const std::vector<double>& got);

}  // namespace gradwalk::harness
