// gradwalk-lesson: what a student does with the lessons. `gradwalk lesson …` runs this.
#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "command_line_errors.hpp"
#include "commands.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk::harness::cli {
namespace {

volatile std::sig_atomic_t interrupt_seen = 0;

int run(int argc, char** argv) {
  CLI::App app(tr("The lessons of gradwalk: read, write the exercise, check it, go on to the next."),
               "gradwalk lesson");
  app.set_help_flag("-h,--help", tr("show this help"));
  app.require_subcommand(1);
  app.footer(tr("Begin with:  gradwalk lesson list"));
  Run chosen;
  add_overview(app, chosen);
  add_workplace(app, chosen);
  add_check(app, chosen);
  add_watch(app, chosen);
  add_hints(app, chosen);
  add_quiz(app, chosen);
  add_doctor(app, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return gradwalk::cli::explain(app, error);
  }
  return chosen();
}

}  // namespace

bool colours() { return isatty(STDOUT_FILENO) && !std::getenv("NO_COLOR"); }

void catch_interrupt() {
  struct sigaction action {};
  action.sa_handler = [](int) { interrupt_seen = 1; };
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
}

bool interrupted() { return interrupt_seen != 0; }

}  // namespace gradwalk::harness::cli

int main(int argc, char** argv) {
  using namespace gradwalk;
  std::signal(SIGPIPE, SIG_IGN);
  set_language(language_of_environment());
  try {
    return harness::cli::run(argc, argv);
  } catch (const InputError& error) {
    fmt::print(stderr, "gradwalk lesson: {}\n", error.what());
  } catch (const std::filesystem::filesystem_error& error) {
    fmt::print(stderr, "gradwalk lesson: {}\n", error.what());
  }
  return harness::cli::bad_call;
}
