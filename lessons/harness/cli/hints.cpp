#include <fmt/format.h>

#include <memory>

#include "command_line_errors.hpp"
#include "commands.hpp"
#include "gradwalk/harness/places.hpp"
#include "gradwalk/harness/process.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/tracer/language.hpp"
#include "student.hpp"

namespace gradwalk::harness::cli {
namespace {

namespace fs = std::filesystem;

/// The parts of hints.md under its headings "## 1", "## 2" …
std::vector<std::string> hints_of(const Lesson& lesson) {
  fs::path file = lesson.folder / (current_language() == Language::ru ? "hints.ru.md" : "hints.md");
  if (!fs::exists(file)) file = lesson.folder / "hints.md";
  const std::string text = fs::exists(file) ? "\n" + read_file(file) : "";
  std::vector<std::string> hints;
  for (std::size_t at = text.find("\n## "); at != std::string::npos;) {
    const std::size_t begin = text.find('\n', at + 1) + 1;
    at = text.find("\n## ", begin - 1);
    std::string hint = text.substr(begin, at == std::string::npos ? at : at - begin);
    hint.erase(0, hint.find_first_not_of('\n'));
    hint.erase(hint.find_last_not_of('\n') + 1);
    hints.push_back(hint);
  }
  return hints;
}

int hint(const std::string& named, int which) {
  Student student;
  const Lesson lesson = student.lesson(named);
  const std::vector<std::string> hints = hints_of(lesson);
  const int all = static_cast<int>(hints.size());
  if (all == 0) throw InputError(tr("lesson {number} has no hints", fmt::arg("number", lesson.number)));
  LessonProgress& mine = student.progress.of(lesson.name);
  if (which < 0 || which > all) throw InputError(tr("there are hints 1 to {n}", fmt::arg("n", all)));
  const int shown = which > 0 ? which : std::min(mine.hints + 1, all);
  fmt::print("{}\n\n{}\n\n",
             tr("Lesson {number}, hint {n} of {all}", fmt::arg("number", lesson.number), fmt::arg("n", shown),
                fmt::arg("all", all)),
             hints[std::size_t(shown - 1)]);
  const auto number = fmt::arg("number", lesson.number);
  fmt::print("{}\n", shown < all
                         ? tr("One more:  gradwalk lesson hint {number}", number)
                         : tr("That was the last. The whole solution:  gradwalk lesson solution {number}", number));
  if (shown <= mine.hints) return done;
  mine.hints = shown;
  student.progress.save();
  return done;
}

/// Nobody sees the solution by accident: first pass, or read all the hints, or say so.
void must_be_earned(const Student& student, const Lesson& lesson, bool anyway) {
  const LessonProgress& mine = student.progress.of(lesson.name);
  if (anyway || mine.passed || mine.hints >= static_cast<int>(hints_of(lesson).size())) return;
  throw InputError(
      tr("that would show the solution: pass first, or read the hints (gradwalk lesson hint {number}), or add --anyway",
         fmt::arg("number", lesson.number)));
}

int solution(const std::string& named, bool anyway) {
  const Student student;
  const Lesson lesson = student.lesson(named);
  must_be_earned(student, lesson, anyway);
  fmt::print("{}", read_file(lesson.folder / "solution.hpp"));
  return done;
}

int diff(const std::string& named, bool anyway) {
  const Student student;
  const Lesson lesson = student.lesson(named);
  const fs::path file = student.file_of(lesson, "");
  must_be_earned(student, lesson, anyway);
  Command command;
  command.words = {"diff",
                   "-u",
                   "--strip-trailing-cr",
                   "--label",
                   tr("yours: {file}", fmt::arg("file", file.string())),
                   "--label",
                   tr("solution"),
                   file.string(),
                   (lesson.folder / "solution.hpp").string()};
  const Finished finished = run_to_end(command, std::chrono::seconds(10), 1 << 20);
  fmt::print("{}", finished.succeeded() ? tr("Yours is the solution, letter by letter.") + "\n" : finished.output);
  return done;
}

}  // namespace

void add_hints(CLI::App& app, Run& run) {
  auto lesson = std::make_shared<std::string>();
  auto which = std::make_shared<int>(0);
  auto anyway = std::make_shared<bool>(false);
  const auto add = [&](const char* name, const std::string& about) {
    CLI::App* command = app.add_subcommand(name, about);
    command->add_option("lesson", *lesson, tr("number or name of the lesson; without it, the one of this folder"));
    return command;
  };
  CLI::App* hint_command = add("hint", tr("the next of three hints, each telling more"));
  hint_command->add_option("which", *which, tr("1, 2 or 3; otherwise the next"))->check(gradwalk::cli::whole_number(1));
  hint_command->callback([=, &run] { run = [=] { return hint(*lesson, *which); }; });
  CLI::App* diff_command = add("diff", tr("your exercise beside the solution"));
  diff_command->add_flag("--anyway", *anyway, tr("although it has not passed"));
  diff_command->callback([=, &run] { run = [=] { return diff(*lesson, *anyway); }; });
  CLI::App* solution_command = add("solution", tr("the solution"));
  solution_command->add_flag("--anyway", *anyway, tr("although it has not passed"));
  solution_command->callback([=, &run] { run = [=] { return solution(*lesson, *anyway); }; });
}

}  // namespace gradwalk::harness::cli
