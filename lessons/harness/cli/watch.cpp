#include <fmt/format.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <optional>

#include "commands.hpp"
#include "gradwalk/harness/process.hpp"
#include "gradwalk/harness/report.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/tracer/language.hpp"
#include "student.hpp"

namespace gradwalk::harness::cli {
namespace {

namespace fs = std::filesystem;

/// Tells when something in a folder was saved: editors write a file, or write another and rename it.
class SaveWatch {
 public:
  explicit SaveWatch(const fs::path& folder) : inotify_(inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
    if (inotify_add_watch(inotify_.get(), folder.c_str(), IN_CLOSE_WRITE | IN_MOVED_TO) < 0)
      throw InputError(
          tr("the folder {folder} cannot be watched; use 'check' instead", fmt::arg("folder", folder.string())));
  }

  /// Waits for the next save; false when Ctrl-C came first.
  bool wait() {
    pollfd saved{inotify_.get(), POLLIN, 0};
    while (!interrupted()) {
      if (poll(&saved, 1, -1) <= 0) continue;
      usleep(20'000);  // an editor makes several changes for one save
      char events[1 << 12];
      while (read(inotify_.get(), events, sizeof events) > 0) {
      }
      return true;
    }
    return false;
  }

 private:
  Descriptor inotify_;
};

/// "now right: …", "no longer right: …": what is different from the check before.
std::string changes(const Verdict& before, const Verdict& now) {
  std::string text;
  const bool compiled = now.compiled.outcome == CompileOutcome::compiled;
  if (!compiled) return text;  // nothing can be said of the steps
  for (const StepVerdict& step : now.steps)
    for (const StepVerdict& old : before.steps) {
      if (old.step.id != step.step.id || old.status == step.status) continue;
      if (step.status == StepStatus::passed)
        text += tr("  + now right: {step}", fmt::arg("step", step.step.title)) + "\n";
      else if (old.status == StepStatus::passed)
        text += tr("  - no longer right: {step}", fmt::arg("step", step.step.title)) + "\n";
    }
  if (before.compiled.outcome != CompileOutcome::compiled) text += tr("  + it compiles again") + "\n";
  if (text.empty()) text = tr("  = the same steps are right as before") + "\n";
  return text;
}

int watch(const std::string& named, const std::string& file_named) {
  Student student;
  const Lesson lesson = student.lesson(named);
  const fs::path file = student.file_of(lesson, file_named);
  SaveWatch saves(fs::absolute(file).parent_path());
  catch_interrupt();
  fmt::print("{}\n", tr("Preparing the compiler once, so that every check is quick …"));
  std::fflush(stdout);
  const Kit kit(false, Kit::Headers::precompiled);
  std::optional<Verdict> before;
  std::string checked;
  do {
    if (!fs::is_regular_file(file)) continue;  // an editor is between its two steps
    const std::string source = read_file(file);
    if (before && source == checked) continue;
    checked = source;
    const Verdict verdict = student.check(kit, lesson, file, "");
    if (interrupted()) break;
    if (colours()) fmt::print("\033[2J\033[H");
    fmt::print("{}", text_report(lesson, verdict, file.string(), colours()));
    if (before) fmt::print("{}\n{}", tr("Since last time:"), changes(*before, verdict));
    fmt::print("{}", student.next_step(lesson, verdict));
    if (verdict.status == Status::passed) return done;
    fmt::print("{}\n", tr("Waiting for you to save {file}; Ctrl-C ends.", fmt::arg("file", file.string())));
    std::fflush(stdout);
    before = verdict;
  } while (saves.wait());
  fmt::print("\n{}\n", tr("No longer watching."));
  return done;
}

}  // namespace

void add_watch(CLI::App& app, Run& run) {
  auto lesson = std::make_shared<std::string>(), file = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("watch", tr("check again whenever you save, until it passes"));
  command->add_option("lesson", *lesson, tr("number or name of the lesson; without it, the one of this folder"));
  command->add_option("file", *file,
                      tr("your file or its folder; without it, the one that 'start' made, or the one here"));
  command->callback([=, &run] { run = [=] { return watch(*lesson, *file); }; });
}

}  // namespace gradwalk::harness::cli
