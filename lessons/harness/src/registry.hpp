#pragma once

#include <span>
#include <string_view>

#include "gradwalk/harness/lesson.hpp"

namespace gradwalk::harness {

struct Registered {
  std::string_view folder;  // "04_linear_layer"
  MakeChecks make_checks;
};

/// Every lessons/NN_name that has a judge.cpp. Written by lessons/CMakeLists.txt.
std::span<const Registered> registered_lessons();

}  // namespace gradwalk::harness
