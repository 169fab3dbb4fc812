#pragma once

#include <vector>

#include "gradwalk/harness/check.hpp"
#include "gradwalk/harness/verdict.hpp"

namespace gradwalk::harness {

/// Whether the answer is what comes out when one op, on the way forward or on the way back, takes another tensor of the
/// same shape than it should: dW for W, z1 for a1; or when another tensor itself is given back. Without words when it is
/// not, or when so few numbers would not tell.
Explanation with_another_tensor(const Check& check, const Expected& expected, const std::vector<double>& got);

}  // namespace gradwalk::harness
