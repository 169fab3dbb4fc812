#pragma once

#include <CLI/CLI.hpp>
#include <functional>

namespace gradwalk::harness::cli {

constexpr int done = 0, answer_is_no = 1, bad_call = 2;

using Run = std::function<int()>;  // what the command line asked for

void add_overview(CLI::App& app, Run& run);   // list, progress
void add_workplace(CLI::App& app, Run& run);  // start, reset, run
void add_check(CLI::App& app, Run& run);      // check
void add_watch(CLI::App& app, Run& run);      // watch
void add_hints(CLI::App& app, Run& run);      // hint, diff, solution
void add_quiz(CLI::App& app, Run& run);       // quiz
void add_doctor(CLI::App& app, Run& run);     // doctor

/// Whether stdout takes colours.
bool colours();

/// From now on Ctrl-C only sets a flag, so that what is under way can be tidied up; a second one ends the program.
void catch_interrupt();
bool interrupted();

}  // namespace gradwalk::harness::cli
