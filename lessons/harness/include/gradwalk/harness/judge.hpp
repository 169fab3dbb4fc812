#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gradwalk/harness/compile.hpp"
#include "gradwalk/harness/lesson.hpp"
#include "gradwalk/harness/verdict.hpp"

namespace gradwalk::harness {

class Predictions;  // what every mistake of the catalogue would make of a check

/// One tensor held against what is expected. `got` null: it is not in the answer.
OutputVerdict compare(const Expected& expected, const NamedTensor* got);

/// What a submission answered to all checks, in their order, held against them and explained.
/// `predictions` are those of the checks, for who judges many answers to the same ones; without them they are made when
/// an answer is wrong.
Verdict judge_answers(const Lesson& lesson, const std::vector<Check>& checks, std::vector<RunResult> runs,
                      const std::vector<Predictions>* predictions = nullptr);

/// What a student hands in for one lesson.
struct Submission {
  std::string source;
  std::map<std::string, std::string> earlier;  // by lesson name: their own code of the lessons that this one uses
};

/// Compiles a submission, runs every check in a process of its own, judges. `course_key` makes the inputs.
Verdict judge_submission(const Kit& kit, const Lesson& lesson, const Submission& submission,
                         std::string_view course_key);

/// The same with the inputs of several keys, one verdict for each: it is compiled once.
std::vector<Verdict> judge_submission(const Kit& kit, const Lesson& lesson, const Submission& submission,
                                      std::span<const std::string_view> course_keys);

}  // namespace gradwalk::harness
