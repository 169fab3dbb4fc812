#include <fmt/format.h>

#include <memory>

#include "commands.hpp"
#include "gradwalk/harness/report.hpp"
#include "gradwalk/tracer/language.hpp"
#include "student.hpp"

namespace gradwalk::harness::cli {

void add_check(CLI::App& app, Run& run) {
  struct Call {
    std::string lesson, file, seed;
    bool allow_weak_sandbox = false;
  };
  CLI::App* command =
      app.add_subcommand("check", tr("compile an exercise, run it, and say what is right and what is wrong"));
  auto call = std::make_shared<Call>();
  command->add_option("lesson", call->lesson, tr("number or name of the lesson; without it, the one of this folder"));
  command->add_option("file", call->file,
                      tr("your file or its folder; without it, the one that 'start' made, or the one here"));
  command->add_option("--seed", call->seed, tr("draw the inputs from this seed"));
  command->add_flag("--allow-weak-sandbox", call->allow_weak_sandbox,
                    tr("run the code even where it cannot be locked in"));
  command->footer(tr("Example:") + "\n  gradwalk lesson check 04 exercise.hpp");
  command->callback([call, &run] {
    run = [call] {
      Student student;
      const Lesson lesson = student.lesson(call->lesson);
      const std::filesystem::path file = student.file_of(lesson, call->file);
      catch_interrupt();
      const Kit kit(call->allow_weak_sandbox, Kit::Headers::as_they_are);
      const Verdict verdict = student.check(kit, lesson, file, call->seed);
      if (interrupted()) return 130;
      fmt::print("{}", text_report(lesson, verdict, file.string(), colours()));
      fmt::print("{}", student.next_step(lesson, verdict));
      if (verdict.status == Status::not_graded) return bad_call;
      return verdict.status == Status::passed ? done : answer_is_no;
    };
  });
}

}  // namespace gradwalk::harness::cli
