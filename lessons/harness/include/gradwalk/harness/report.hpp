#pragma once

#include <string>

#include "gradwalk/harness/lesson.hpp"
#include "gradwalk/harness/verdict.hpp"

namespace gradwalk::harness {

/// What a student reads: what is right, what is wrong and where, and which term is at fault.
std::string text_report(const Lesson& lesson, const Verdict& verdict, const std::string& file, bool colour);

}  // namespace gradwalk::harness
