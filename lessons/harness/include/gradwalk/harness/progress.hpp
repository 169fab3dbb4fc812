#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gradwalk/harness/lesson.hpp"

namespace gradwalk::harness {

/// Right answers out of so many.
struct QuizScore {
  int right = 0, of = 0;
};

/// What one student has done in one lesson.
struct LessonProgress {
  std::filesystem::path folder;  // where `start` put the exercise; empty before
  bool passed = false;
  double best = 0;                           // points
  int hints = 0;                             // how many were shown
  std::map<std::string, QuizScore> quizzes;  // by "pre" and "post"
};

/// A student's progress, kept in $GRADWALK_STATE, else $XDG_STATE_HOME/gradwalk, else ~/.local/state/gradwalk:
/// progress.json, and in passed/ the code of every exercise as it passed, which later lessons build on.
///
/// The file may be lost or damaged: what passed/ holds is still passed, and the rest begins anew.
class Progress {
 public:
  /// Never throws for a bad file; it is moved aside, and `trouble` says so in one line.
  Progress();

  const LessonProgress& of(const std::string& lesson) const;
  LessonProgress& of(const std::string& lesson) { return lessons_[lesson]; }

  /// Remembers a passed exercise and its code. Written by save().
  void pass(const Lesson& lesson, double points, const std::string& source);
  /// Forgets what was done in a lesson, but not where its folder is.
  void forget(const Lesson& lesson);
  /// The student's own code of those lessons that have passed: what Submission::earlier takes.
  std::map<std::string, std::string> passed_code(const std::vector<std::string>& lessons) const;
  /// Whether everything that comes before has been passed; the first lesson is always open, and so is what was begun.
  bool open(const Lesson& lesson, const std::vector<Lesson>& all) const;

  /// Written beside and renamed. Throws InputError when the folder cannot be written.
  void save() const;

  std::string trouble;  // what was wrong with the file, empty when nothing was

 private:
  std::filesystem::path code_file(const std::string& lesson) const { return folder_ / "passed" / (lesson + ".hpp"); }

  std::filesystem::path folder_;
  std::map<std::string, LessonProgress> lessons_;
  std::map<std::string, std::string> to_write_;  // code that passed since the last save
  std::vector<std::string> to_remove_;
};

}  // namespace gradwalk::harness
