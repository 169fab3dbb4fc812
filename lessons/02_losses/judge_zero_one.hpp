// Of the judge: the 0-1 loss, by rows that tell the ways to count them apart.
#pragma once

#include <vector>

#include "gradwalk/harness/lesson.hpp"

namespace gradwalk::harness::lesson_02 {

/// Rows of three classes, rows of five, and one row alone.
std::vector<Check> zero_one_checks(Draw& draw);

}  // namespace gradwalk::harness::lesson_02
