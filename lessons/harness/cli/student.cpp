#include "student.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <system_error>

#include "gradwalk/harness/places.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk::harness::cli {
namespace {

namespace fs = std::filesystem;

bool same_folder(const fs::path& a, const fs::path& b) {
  std::error_code not_there;
  return fs::equivalent(a, b, not_there);
}

bool belongs_to_course(const fs::path& file) {
  const fs::path root = lessons_folder(), path = fs::weakly_canonical(fs::absolute(file));
  return std::mismatch(root.begin(), root.end(), path.begin(), path.end()).first == root.end();
}

}  // namespace

Student::Student() : lessons_(all_lessons()) {
  if (!progress.trouble.empty()) fmt::print(stderr, "gradwalk lesson: {}\n", progress.trouble);
}

Lesson Student::lesson(const std::string& named) const {
  if (!named.empty()) return lesson_named(named);
  if (const Lesson* lesson = of_this_folder()) return *lesson;
  throw InputError(tr("this folder belongs to no lesson that you have started: name one, such as 'check 04'"));
}

const Lesson* Student::of_this_folder() const {
  for (const Lesson& lesson : lessons_)
    if (same_folder(progress.of(lesson.name).folder, ".")) return &lesson;
  return nullptr;
}

const Lesson* Student::after(const Lesson& lesson) const {
  for (const Lesson& other : lessons_)
    if (other.name > lesson.name) return &other;
  return nullptr;
}

fs::path Student::file_of(const Lesson& lesson, const std::string& named) const {
  if (!named.empty()) return fs::is_directory(named) ? fs::path(named) / lesson.file : fs::path(named);
  const fs::path begun = progress.of(lesson.name).folder;
  if (!begun.empty()) {
    if (!fs::exists(begun / lesson.file))
      throw InputError(
          tr("{file} is not there any more: give it back its name, or make it anew with  gradwalk lesson "
             "reset {number}",
             fmt::arg("file", (begun / lesson.file).string()), fmt::arg("number", lesson.number)));
    return begun / lesson.file;
  }
  if (const fs::path file = fs::path(lesson.name) / lesson.file; fs::is_regular_file(file)) return file;
  // In a folder that was started for a lesson, which is another one than this, the file here is that one's.
  if (const fs::path file = lesson.file; !of_this_folder() && fs::is_regular_file(file)) return file;
  throw InputError(tr("you have not started lesson {number}: type  gradwalk lesson start {number}",
                      fmt::arg("number", lesson.number)));
}

Verdict Student::check(const Kit& kit, const Lesson& lesson, const fs::path& file, const std::string& seed) {
  const std::string source = read_file(file);
  const Verdict verdict = judge_submission(kit, lesson, {source, progress.passed_code(lesson.uses)}, seed);
  if (belongs_to_course(file)) return verdict;
  LessonProgress& mine = progress.of(lesson.name);
  const bool better = verdict.earned > mine.best;
  mine.best = std::max(mine.best, verdict.earned);
  if (verdict.status == Status::passed) progress.pass(lesson, verdict.earned, source);
  if (better || verdict.status == Status::passed) progress.save();
  return verdict;
}

std::string Student::next_step(const Lesson& lesson, const Verdict& verdict) const {
  const auto number = fmt::arg("number", lesson.number);
  if (verdict.status == Status::passed) {
    const Lesson* next = after(lesson);
    std::string text;
    if (fs::exists(lesson.folder / "quiz.toml") && !progress.of(lesson.name).quizzes.contains("post"))
      text = tr("Next: a few questions on it:  gradwalk lesson quiz {number} post", number) + "\n";
    if (next && progress.open(*next, lessons_))
      text +=
          tr("Lesson {number} is open now:  gradwalk lesson start {number}", fmt::arg("number", next->number)) + "\n";
    if (!next)
      text += tr("That was the last lesson. Well done. The whole lab, on your own net:  gradwalk lesson run {number} "
                 "--with FOLDER-OF-MNIST",
                 number) +
              "\n";
    return text;
  }
  if (verdict.status == Status::not_graded) return {};
  if (verdict.status == Status::does_not_compile && verdict.compiled.line == 0) return {};
  if (verdict.status == Status::does_not_compile)
    return tr("Mend that line, then check again:  gradwalk lesson check {number}", number) + "\n";
  if (!fs::exists(lesson.folder / "hints.md")) return {};
  return tr("If you are stuck:  gradwalk lesson hint {number}", number) + "\n";
}

}  // namespace gradwalk::harness::cli
