#include "gradwalk/harness/doctor.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>

#include "commands.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk::harness::cli {

namespace {

/// The kill matrix of a lesson. The answer is no when a mistake survives or is not called by its name.
int doctor(const std::string& lesson_name, const std::string& seed) {
  bool well = true;
  for (const Lesson& lesson : lesson_name.empty() ? all_lessons() : std::vector{lesson_named(lesson_name)}) {
    fmt::print("{} {}\n", lesson.number, lesson.title);
    for (const Planted& planted : kill_matrix(lesson, seed)) {
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

void add_doctor(CLI::App& app, Run& run) {
  CLI::App* command =
      app.add_subcommand("doctor", tr("plant every mistake into an exercise: which check catches it, is it named?"));
  command->footer(tr("Example:") + "\n  gradwalk lesson doctor 04");
  auto lesson = std::make_shared<std::string>();
  auto seed = std::make_shared<std::string>();
  command->add_option("LESSON", *lesson, tr("number or name of the lesson; without it, all"));
  command->add_option("--seed", *seed, tr("draw the inputs from this seed"));
  command->callback([=, &run] { run = [=] { return doctor(*lesson, *seed); }; });
}

}  // namespace gradwalk::harness::cli
