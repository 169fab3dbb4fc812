#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gradwalk/harness/lesson.hpp"

namespace gradwalk::harness {

/// What becomes of one mistake that is planted into an exercise: one row of the kill matrix.
struct Planted {
  std::string mistake;  // id
  std::string words;
  std::vector<std::string> caught_by;  // checks; empty: the mistake survives
  bool named = false;                  // the diagnosis has it among its explanations
  bool alone = false;                  // and no other
};

/// Plants every mistake of the catalogue that can be made in the lesson's traced checks, one after the other, into the
/// right answers, and judges them.
std::vector<Planted> kill_matrix(const Lesson& lesson, std::string_view course_key);

}  // namespace gradwalk::harness
