// Of the judge: what the mistakes of lesson 05 make that the catalogue does not know.
#pragma once

#include "gradwalk/harness/check.hpp"

namespace gradwalk::harness::lesson_05 {

/// Adds to a check of softmax, or of the two in one, the numbers of another maximum, of sums down the columns, and of
/// factors that do not reach every element.
void add_known_wrong(Check& check);

}  // namespace gradwalk::harness::lesson_05
