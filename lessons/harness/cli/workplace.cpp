#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>

#include <csignal>
#include <memory>

#include "commands.hpp"
#include "gradwalk/harness/places.hpp"
#include "gradwalk/harness/working_folder.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/tracer/language.hpp"
#include "student.hpp"

namespace gradwalk::harness::cli {
namespace {

namespace fs = std::filesystem;

int start_lesson(const std::string& named, const std::string& folder_named, bool anyway) {
  Student student;
  const Lesson lesson = student.lesson(named);
  if (!anyway && !student.progress.open(lesson, student.lessons())) {
    const Lesson* missing = &lesson;
    for (const Lesson& before : student.lessons())
      if (before.name < lesson.name && !student.progress.of(before.name).passed) missing = &before;
    throw InputError(
        tr("lesson {number} opens when you have passed {missing}, {title}; to begin with it all the same:  "
           "gradwalk lesson start {number} --anyway",
           fmt::arg("number", lesson.number), fmt::arg("missing", missing->number), fmt::arg("title", missing->title)));
  }
  LessonProgress& mine = student.progress.of(lesson.name);
  const fs::path folder = fs::absolute(!folder_named.empty() ? fs::path(folder_named)
                                       : mine.folder.empty() ? usual_folder(lesson)
                                                             : mine.folder)
                              .lexically_normal();
  for (const Lesson& other : student.lessons())
    if (std::error_code none;
        other.name != lesson.name && fs::equivalent(student.progress.of(other.name).folder, folder, none))
      throw InputError(tr("{folder} is the folder of lesson {number}; give this lesson one of its own",
                          fmt::arg("folder", folder.string()), fmt::arg("number", other.number)));
  make_working_folder(lesson, folder, student.progress.passed_code(lesson.uses));
  mine.folder = folder;
  student.progress.save();
  const auto number = fmt::arg("number", lesson.number);
  const std::string page = current_language() == Language::ru ? "README.ru.md" : "README.md";
  fmt::print("{}\n\n", tr("Lesson {number}, {title}, is ready in {folder}", number, fmt::arg("title", lesson.title),
                          fmt::arg("folder", folder.string())));
  fmt::print("  {}\n", tr("1. Read    {page}", fmt::arg("page", (lesson.folder / page).string())));
  fmt::print("  {}\n", tr("2. Write   {file}, where it says 'Your code here'",
                          fmt::arg("file", (folder / lesson.file).string())));
  fmt::print("  {}\n", tr("3. Check   gradwalk lesson check {number}   (or 'watch {number}': at every save)", number));
  fmt::print("  {}\n", tr("Stuck?     gradwalk lesson hint {number}", number));
  return done;
}

int reset(const std::string& named) {
  Student student;
  const Lesson lesson = student.lesson(named);
  const fs::path folder = student.progress.of(lesson.name).folder;
  if (folder.empty())
    throw InputError(tr("you have not started lesson {number}: type  gradwalk lesson start {number}",
                        fmt::arg("number", lesson.number)));
  const fs::path kept = reset_exercise(lesson, folder);
  student.progress.forget(lesson);
  student.progress.save();
  fmt::print("{}\n", tr("{file} is as it was at the start.", fmt::arg("file", (folder / lesson.file).string())));
  if (!kept.empty()) fmt::print("{}\n", tr("What you had is kept in {file}.", fmt::arg("file", kept.string())));
  return done;
}

/// Runs a command on this terminal and waits; Ctrl-C is for the command.
int run_here(const std::vector<std::string>& words) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  std::fflush(stdout);
  pid_t process = 0;
  if (posix_spawnp(&process, arguments[0], nullptr, nullptr, arguments.data(), environ) != 0)
    throw InputError(tr("{program} cannot be started", fmt::arg("program", words[0])));
  catch_interrupt();
  int status = 0;
  while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// The student's own program and code on the student's own machine: no sandbox, the whole terminal.
int run_program(const std::string& named, const std::string& file_named, const std::vector<std::string>& extra) {
  Student student;
  const Lesson lesson = student.lesson(named);
  const fs::path file = student.file_of(lesson, file_named);
  fs::path program = fs::absolute(file).parent_path() / "try.cpp";
  if (!fs::exists(program)) program = lesson.folder / "try.cpp";
  const TemporaryFolder place;
  write_file(place.path() / lesson.file, read_file(file));
  write_file(place.path() / "try.cpp", read_file(program));
  const auto own = student.progress.passed_code(lesson.uses);
  for (const std::string& name : lesson.uses)
    write_file(place.path() / (name + ".hpp"),
               own.contains(name) ? own.at(name) : read_file(lesson.folder.parent_path() / name / "solution.hpp"));
  std::vector<std::string> compiler = {"g++",
                                       "-std=c++20",
                                       "-O3",
                                       "-w",
                                       "-I" + (lessons_folder() / "include").string(),
                                       (place.path() / "try.cpp").string(),
                                       "-o",
                                       (place.path() / "try").string()};
  if (read_file(program).find("<zlib.h>") != std::string::npos) compiler.emplace_back("-lz");
  if (run_here(compiler) != 0) return answer_is_no;
  std::vector<std::string> words = {(place.path() / "try").string()};
  words.insert(words.end(), extra.begin(), extra.end());
  return run_here(words);
}

}  // namespace

void add_workplace(CLI::App& app, Run& run) {
  struct Call {
    std::string lesson, where;
    bool anyway = false;
    std::vector<std::string> extra;
  };
  auto call = std::make_shared<Call>();

  CLI::App* start =
      app.add_subcommand("start", tr("make a folder to work in, with the exercise and all that an editor needs"));
  start->add_option("lesson", call->lesson, tr("number or name of the lesson"))->required();
  start->add_option("folder", call->where, tr("where; otherwise in gradwalk-lessons in your home folder"));
  start->add_flag("--anyway", call->anyway, tr("although earlier lessons have not been passed"));
  start->footer(tr("Example:") + "\n  gradwalk lesson start 04");
  start->callback([call, &run] { run = [call] { return start_lesson(call->lesson, call->where, call->anyway); }; });

  CLI::App* again = app.add_subcommand("reset", tr("begin a lesson again; what you wrote is kept beside it"));
  again->add_option("lesson", call->lesson, tr("number or name of the lesson"))->required();
  again->callback([call, &run] { run = [call] { return reset(call->lesson); }; });

  CLI::App* program = app.add_subcommand("run", tr("build and run try.cpp, the program around your exercise"));
  program->add_option("lesson", call->lesson, tr("number or name of the lesson; without it, the one of this folder"));
  program->add_option("file", call->where,
                      tr("your file or its folder; without it, the one that 'start' made, or the one here"));
  program->add_option("--with", call->extra, tr("what the program gets on its command line"));
  program->callback([call, &run] { run = [call] { return run_program(call->lesson, call->where, call->extra); }; });
}

}  // namespace gradwalk::harness::cli
