#pragma once

#include <string>
#include <vector>

#include "gradwalk/harness/check.hpp"

namespace gradwalk::harness {

/// Follows a NaN or an infinity in the answer `name` to check number `which` to the operation that made it, as far as
/// can be told: an earlier number of the same answer that is none already, or a formula that gives just these where
/// floating point ends, and in the other checks what came back there. Empty when every number is finite, or no trace
/// describes the check.
std::string first_non_number(const std::vector<Check>& checks, const std::vector<RunResult>& runs, std::size_t which,
                             const std::string& name);

}  // namespace gradwalk::harness
