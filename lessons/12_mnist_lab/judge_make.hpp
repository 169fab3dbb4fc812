// Of the judge: the net that make_net makes.
#pragma once

#include "gradwalk/harness/lesson.hpp"

namespace gradwalk::harness::lesson_12 {

/// Its layers, their weights by their statistics, their biases, and what the seed does.
Check make_check();
/// What it is made of shows in what comes out, once the weights are known.
Check made_forward_check(Draw& draw);

}  // namespace gradwalk::harness::lesson_12
