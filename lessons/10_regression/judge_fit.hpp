// Of the judge: the descent.
#pragma once

#include <vector>

#include "gradwalk/harness/lesson.hpp"

namespace gradwalk::harness::lesson_10 {

/// Two descents into bowls, of another number of steps and with another learning rate.
std::vector<Check> fit_checks(Draw& draw);

}  // namespace gradwalk::harness::lesson_10
