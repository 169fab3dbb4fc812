#pragma once

#include <string>

#include "gradwalk/harness/compile.hpp"
#include "gradwalk/harness/process.hpp"

namespace gradwalk::harness {

/// Puts into `compiled` why there is no program: the outcome, and for the submission's errors where and what.
/// `file_name` is the submission's.
void explain(Compiled& compiled, const Finished& finished, const std::string& file_name);

}  // namespace gradwalk::harness
