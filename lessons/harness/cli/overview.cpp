#include <fmt/format.h>

#include "commands.hpp"
#include "gradwalk/tracer/language.hpp"
#include "student.hpp"

namespace gradwalk::harness::cli {
namespace {

std::string state_of(const Student& student, const Lesson& lesson) {
  const LessonProgress& mine = student.progress.of(lesson.name);
  if (mine.passed) return tr("passed");
  if (mine.best > 0)
    return tr("{points} of {all} points", fmt::arg("points", mine.best), fmt::arg("all", lesson.points()));
  if (!mine.folder.empty()) return tr("started");
  return student.progress.open(lesson, student.lessons()) ? tr("open") : "";
}

const Lesson* current(const Student& student) {
  for (const Lesson& lesson : student.lessons())
    if (!student.progress.of(lesson.name).passed) return &lesson;
  return nullptr;
}

std::string what_to_type(const Student& student) {
  const Lesson* lesson = current(student);
  if (!lesson) return tr("You have passed every lesson.");
  const bool begun = !student.progress.of(lesson->name).folder.empty();
  return begun ? tr("Go on with:  gradwalk lesson check {number}", fmt::arg("number", lesson->number))
               : tr("Go on with:  gradwalk lesson start {number}", fmt::arg("number", lesson->number));
}

int list() {
  const Student student;
  for (const Lesson& lesson : student.lessons()) {
    const std::string state = state_of(student, lesson);
    fmt::print("{} {}  {}{}\n", student.progress.of(lesson.name).passed ? "✓" : " ", lesson.number, lesson.title,
               state.empty() ? "" : "  · " + state);
  }
  fmt::print("\n{}\n", what_to_type(student));
  return done;
}

int show_progress() {
  const Student student;
  int passed = 0;
  for (const Lesson& lesson : student.lessons()) {
    const LessonProgress& mine = student.progress.of(lesson.name);
    passed += mine.passed;
    if (!mine.passed && mine.folder.empty() && mine.quizzes.empty()) continue;
    fmt::print("{}  {}  · {}\n", lesson.number, lesson.title, state_of(student, lesson));
    for (const char* when : {"pre", "post"})
      if (const auto quiz = mine.quizzes.find(when); quiz != mine.quizzes.end())
        fmt::print("      {}\n", tr("quiz {when}: {right} of {of} right", fmt::arg("when", when),
                                    fmt::arg("right", quiz->second.right), fmt::arg("of", quiz->second.of)));
    if (mine.hints > 0) fmt::print("      {}\n", trn("{n} hint", "{n} hints", mine.hints, fmt::arg("n", mine.hints)));
    if (!mine.folder.empty()) fmt::print("      {}\n", mine.folder.string());
  }
  fmt::print("{}\n{}\n",
             tr("Passed: {n} of {all} lessons.", fmt::arg("n", passed), fmt::arg("all", student.lessons().size())),
             what_to_type(student));
  return done;
}

}  // namespace

void add_overview(CLI::App& app, Run& run) {
  app.add_subcommand("list", tr("the lessons, and where you are in them"))->callback([&run] { run = list; });
  app.add_subcommand("progress", tr("what you have done: points, quizzes, hints, folders"))->callback([&run] {
    run = show_progress;
  });
}

}  // namespace gradwalk::harness::cli
