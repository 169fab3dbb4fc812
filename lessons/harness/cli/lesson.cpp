// gradwalk-lesson: what a student does with the lessons. `gradwalk lesson …` runs this.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "gradwalk/harness/doctor.hpp"
#include "gradwalk/harness/judge.hpp"
#include "gradwalk/harness/report.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/tracer/language.hpp"

namespace {

namespace fs = std::filesystem;
using namespace gradwalk;
using namespace gradwalk::harness;

constexpr int done = 0, answer_is_no = 1, bad_call = 2;

int list() {
  for (const Lesson& lesson : all_lessons()) fmt::print("{}  {}\n", lesson.number, lesson.title);
  return done;
}

/// The file to check: the one named, else the student's working copy here, else the lesson's own unsolved one.
fs::path file_to_check(const Lesson& lesson, const std::string& named) {
  if (!named.empty()) {
    if (fs::is_directory(named)) return fs::path(named) / lesson.file;
    return named;
  }
  for (const fs::path& file : {fs::path(lesson.name) / lesson.file, fs::path(lesson.file)})
    if (fs::is_regular_file(file)) return file;
  return lesson.folder / lesson.file;
}

struct CheckCall {
  std::string lesson, file, seed;
  bool allow_weak_sandbox = false;
};

int check(const CheckCall& call) {
  const Lesson lesson = lesson_named(call.lesson);
  const fs::path file = file_to_check(lesson, call.file);
  const std::string source = read_file(file);
  const Kit kit(call.allow_weak_sandbox, Kit::Headers::as_they_are);
  const Verdict verdict = judge_submission(kit, lesson, {source, {}}, call.seed);
  const bool colour = isatty(STDOUT_FILENO) && !std::getenv("NO_COLOR");
  fmt::print("{}", text_report(lesson, verdict, file.string(), colour));
  if (verdict.status == Status::not_graded) return bad_call;
  return verdict.status == Status::passed ? done : answer_is_no;
}

/// The kill matrix of a lesson. The answer is no when a mistake survives or is not called by its name.
int doctor(const CheckCall& call) {
  bool well = true;
  for (const Lesson& lesson : call.lesson.empty() ? all_lessons() : std::vector{lesson_named(call.lesson)}) {
    fmt::print("{} {}\n", lesson.number, lesson.title);
    for (const Planted& planted : kill_matrix(lesson, call.seed)) {
      const bool fine = !planted.caught_by.empty() && planted.named;
      well = well && fine;
      const std::string note = planted.caught_by.empty() ? tr("survives")
                               : !planted.named          ? tr("caught, but not named")
                               : planted.alone           ? tr("named")
                                                         : tr("named, with others that fit too");
      fmt::print("  {} {:32} {}: {}\n", fine ? "✓" : "✗", planted.mistake, note, fmt::join(planted.caught_by, ", "));
    }
  }
  return well ? done : answer_is_no;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  set_language(language_of_environment());
  CLI::App app("The lessons of gradwalk: what there is, and whether your exercise is right.");
  app.name("gradwalk lesson");
  app.require_subcommand(1);

  CLI::App* list_command = app.add_subcommand("list", "Show the lessons");
  list_command->footer("Example: gradwalk lesson list");

  CheckCall call;
  CLI::App* check_command =
      app.add_subcommand("check", "Compile an exercise, run it, and say what is right and what is wrong");
  check_command->add_option("lesson", call.lesson, "Number or name of the lesson")->required();
  check_command->add_option("file", call.file, "Your file; without it, the exercise in this folder");
  check_command->add_option("--seed", call.seed, "Draw the inputs from this seed");
  check_command->add_flag("--allow-weak-sandbox", call.allow_weak_sandbox,
                          "Run the code even where it cannot be locked in");
  check_command->footer("Example: gradwalk lesson check 04 exercise.hpp");

  CLI::App* doctor_command =
      app.add_subcommand("doctor", "Plant every mistake into an exercise: which check catches it, is it named?");
  doctor_command->add_option("lesson", call.lesson, "Number or name of the lesson; without it, all");
  doctor_command->add_option("--seed", call.seed, "Draw the inputs from this seed");
  doctor_command->footer("Example: gradwalk lesson doctor 04");

  try {
    app.parse(argc, argv);
    if (list_command->parsed()) return list();
    return doctor_command->parsed() ? doctor(call) : check(call);
  } catch (const CLI::ParseError& error) {
    return app.exit(error, std::cout, std::cerr) == 0 ? done : bad_call;
  } catch (const InputError& error) {
    fmt::print(stderr, "gradwalk lesson: {}\n", error.what());
  } catch (const fs::filesystem_error& error) {
    fmt::print(stderr, "gradwalk lesson: {}\n", error.what());
  }
  return bad_call;
}
