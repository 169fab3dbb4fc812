// Of the judge: what the mistakes of lesson 08 make that the catalogue does not know.
#pragma once

#include "gradwalk/harness/check.hpp"

namespace gradwalk::harness::lesson_08 {

/// Adds to a check of the net what comes of a slope at the wrong place, and of the wrong matrix handed to a layer.
void add_known_wrong(Check& check);

}  // namespace gradwalk::harness::lesson_08
