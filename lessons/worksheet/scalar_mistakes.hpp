#pragma once

#include <vector>

#include "gradwalk/harness/mistake.hpp"

namespace gradwalk::worksheet {

/// What goes wrong on paper with a scalar graph, beyond the harness's catalogue, which is about layers.
const std::vector<harness::Mistake>& scalar_mistakes();

}  // namespace gradwalk::worksheet
