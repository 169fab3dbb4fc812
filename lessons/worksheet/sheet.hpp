#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "problem.hpp"

namespace gradwalk::worksheet {

struct Sheet {
  std::string lesson;  // "08"
  std::string title;   // of the lesson, in the current language
  std::uint64_t seed = 0;
  std::vector<Problem> problems;  // no two alike
};

constexpr std::int64_t most_problems = 500;

/// `count` problems that fit the lesson ("08", "8" or "08_two_layers"), with right and wrong answers. The same seed
/// gives the same problems, and a longer sheet begins with the shorter one. Throws InputError for an unknown lesson,
/// naming the nearest, and for a count below 1 or of more than there are.
Sheet make_sheet(std::string_view lesson, std::uint64_t seed, std::int64_t count);

}  // namespace gradwalk::worksheet
