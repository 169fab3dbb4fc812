#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gradwalk/harness/judge.hpp"
#include "gradwalk/harness/progress.hpp"

namespace gradwalk::harness::cli {

/// Who sits at the keyboard: the lessons there are, and what has been done of them.
class Student {
 public:
  /// Says on stderr when the record of the progress was damaged.
  Student();

  const std::vector<Lesson>& lessons() const { return lessons_; }
  /// The lesson that `named` means ("04", "4", "linear_layer"); without a name, the one whose folder this is.
  /// Throws InputError naming the nearest, or what to type.
  Lesson lesson(const std::string& named) const;
  /// The lesson for which this folder was started, or null.
  const Lesson* of_this_folder() const;
  /// The next one in order, or null.
  const Lesson* after(const Lesson& lesson) const;
  /// The file to check: the one named (or in the folder named), else the one that `start` made, else the one here.
  /// Throws InputError when none of them is there.
  std::filesystem::path file_of(const Lesson& lesson, const std::string& named) const;

  /// Judges a file, with the student's own passed code of earlier lessons where there is some, and remembers the
  /// result.
  Verdict check(const Kit& kit, const Lesson& lesson, const std::filesystem::path& file, const std::string& seed);
  /// What to type next, as one or two lines.
  std::string next_step(const Lesson& lesson, const Verdict& verdict) const;

  Progress progress;

 private:
  std::vector<Lesson> lessons_;
};

}  // namespace gradwalk::harness::cli
