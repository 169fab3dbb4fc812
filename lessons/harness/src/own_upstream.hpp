#pragma once

#include <string>
#include <vector>

#include "gradwalk/harness/trace.hpp"

namespace gradwalk::harness {

/// What the tensor `name` should be, given everything else that the student answered, right or wrong: the rule of this
/// one step applied to the student's own numbers.
std::vector<double> from_own_numbers(const Trace& trace, const std::vector<NamedTensor>& answered,
                                     const std::string& name);

}  // namespace gradwalk::harness
