#include "gradwalk/harness/doctor.hpp"

#include <fmt/format.h>

#include <memory>

#include "commands.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk::harness::cli {
namespace {

std::string fate(const Planted& planted) {
  if (planted.caught_by.empty()) return tr("survives");
  if (!planted.named) return tr("caught, but not named");
  return planted.alone ? tr("named") : tr("named, with others that fit too");
}

/// The answer is no when a mistake survives or is not called by its name.
int show_kill_matrix(const std::string& named, const std::string& seed) {
  bool well = true;
  for (const Lesson& lesson : named.empty() ? all_lessons() : std::vector{lesson_named(named)}) {
    fmt::print("{} {}\n", lesson.number, lesson.title);
    for (const Planted& planted : kill_matrix(lesson, seed)) {
      const bool fine = !planted.caught_by.empty() && planted.named;
      well = well && fine;
      fmt::print("  {} {:32} {}: {}\n", fine ? "✓" : "✗", planted.mistake, fate(planted),
                 fmt::join(planted.caught_by, ", "));
    }
  }
  return well ? done : answer_is_no;
}

}  // namespace

void add_doctor(CLI::App& app, Run& run) {
  struct Call {
    std::string lesson, seed;
  };
  CLI::App* command =
      app.add_subcommand("doctor", tr("plant every mistake into an exercise: which check catches it, is it named?"));
  auto call = std::make_shared<Call>();
  command->add_option("lesson", call->lesson, tr("number or name of the lesson; without it, all"));
  command->add_option("--seed", call->seed, tr("draw the inputs from this seed"));
  command->footer(tr("Example:") + "\n  gradwalk lesson doctor 04");
  command->callback([call, &run] { run = [call] { return show_kill_matrix(call->lesson, call->seed); }; });
}

}  // namespace gradwalk::harness::cli
