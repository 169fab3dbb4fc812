#pragma once

#include "problem.hpp"

namespace gradwalk::worksheet {

/// Fills in what each answer of the problem becomes after the classic mistakes: the trace with a term altered, computed
/// to its end, and read at the same place. At most a handful for each, all apart from the right answer and from one
/// another.
void find_wrong_answers(Problem& problem);

}  // namespace gradwalk::worksheet
