#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "gradwalk/harness/check.hpp"
#include "gradwalk/harness/draw.hpp"

namespace gradwalk::harness {

/// A part of an exercise that earns points by itself.
struct Step {
  std::string id, title;
  double points = 1;
};

/// What a lesson's judge.cpp defines: its checks, with inputs drawn from `draw`.
using MakeChecks = std::vector<Check> (*)(Draw& draw);

/// A lesson: its folder's lesson.toml, and its judge.
struct Lesson {
  std::string number;  // "04"
  std::string name;    // "04_linear_layer"
  std::string title;   // in the current language
  std::string file;    // "exercise.hpp": what the driver includes
  std::filesystem::path folder;
  std::vector<std::string> uses;  // names of earlier lessons whose code this one builds on: "04_linear_layer"
  std::vector<Step> steps;
  // Whether a step keeps its points when its gradients are difference quotients; the teacher is told of them either way.
  bool numerical_gradient_earns = true;
  MakeChecks make_checks = nullptr;

  double points() const;
  /// The checks for one submission: the same key, the same inputs.
  std::vector<Check> checks(std::string_view course_key, std::string_view submission) const;
};

/// All lessons that are installed and have a judge, by number. Throws InputError when a lesson.toml is broken.
std::vector<Lesson> all_lessons();

/// Finds "04", "4" or "04_linear_layer". Throws InputError naming the nearest.
Lesson lesson_named(std::string_view name);

}  // namespace gradwalk::harness
