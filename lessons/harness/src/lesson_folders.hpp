#pragma once

#include <string>

#include "gradwalk/harness/lesson.hpp"

namespace gradwalk::harness {

/// Whether a folder is a lesson's and nothing else: "04_linear_layer", "04", "4", "lesson04", "hw-4", "Lab 04 linear".
/// A student "s04" is none, nor are "4 Davis" and "lab-04-alice". Throws nothing.
bool is_lessons_folder(const std::string& folder, const Lesson& lesson);

/// The same for a lesson that is not graded now; a mere number may be a student's.
bool is_other_lessons_folder(const std::string& folder, const Lesson& lesson);

/// Whether a folder or file stem speaks of a lesson: "04_linear_layer", "04", "alice04", "linear_layer".
bool names_lesson(const std::string& part, const Lesson& lesson);

/// A file stem without the lesson at its end: "alice_04" and "alice-lab4" are alice's. The stem itself when none is.
std::string without_lesson(const std::string& stem, const Lesson& lesson);

}  // namespace gradwalk::harness
