#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gradwalk/harness/lesson.hpp"
#include "gradwalk/harness/places.hpp"
#include "gradwalk/nn/record.hpp"

namespace gradwalk::harness {

/// One question of a quiz.toml, its numbers put in. The right answer comes out of a record, or is one of the choices.
struct Question {
  enum class Kind { number, shape, choice };

  std::string id, when;  // when: "pre" or "post"
  Kind kind = Kind::number;
  std::string text, because;         // in the current language
  std::vector<std::string> choices;  // of a choice
  std::size_t right_choice = 0;
  double right_number = 0;
  Shape right_shape;

  /// The right answer as people write it: "0.2528", "(3, 2)", "b) …".
  std::string right_answer() const;
};

enum class Answer { right, wrong, not_understood };

/// Judges what somebody typed: "0.25", "-1/3", "3 x 2", "b". A number may be off by 1 %, or by 0.005.
Answer judge_answer(const Question& question, std::string_view typed);

/// The questions of a lesson, in order. Runs the commands that make their records. Throws InputError for a quiz.toml
/// that is broken, or that names what its record does not have.
std::vector<Question> quiz_of(const Lesson& lesson);

}  // namespace gradwalk::harness
