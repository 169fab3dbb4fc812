#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gradwalk/harness/submissions.hpp"

namespace gradwalk::harness {

/// Of all that the students handed in, the one file for each lesson that fits best; and what is told of the others.
class ChosenFiles {
 public:
  /// A file that may be graded. Of equally fit ones the first is chosen. Notes beside a program surprise nobody that
  /// they are not graded: they are none.
  void offer(const Submitted& submitted, int fitness, bool program);

  void is_no_source(const std::string& student, const std::string& path) { no_source_.emplace(student, path); }
  void is_nobodys(const std::string& path) { nobodys_.push_back(path); }
  void is_of_another_lesson(const std::string& student, const std::string& path) { elsewhere_.emplace(student, path); }
  void is_of_no_lesson(const std::string& path) { of_no_lesson_.push_back(path); }

  /// Null when there is none.
  const Submitted* of(const std::string& student, const std::string& lesson) const;

  /// A sentence for each file that is not graded, and one for all that a student has beside a graded one.
  void tell_of_others(const LeftOut& left_out) const;

 private:
  struct Chosen {
    int fitness = 0;
    bool program = false;
    Submitted submitted;
    std::string other;  // one of those beside it
    std::size_t others = 0;
  };

  bool is_graded(const std::string& student) const;

  std::map<std::pair<std::string, std::string>, Chosen> chosen_;   // by student and lesson
  std::multimap<std::string, std::string> no_source_, elsewhere_;  // student → path
  std::vector<std::string> nobodys_, of_no_lesson_;
};

}  // namespace gradwalk::harness
