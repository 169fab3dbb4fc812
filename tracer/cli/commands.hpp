#pragma once

#include <CLI/CLI.hpp>
#include <functional>

namespace gradwalk::cli {

/// What is left to do once the command line has been understood; returns the exit code.
using Run = std::function<int()>;

/// Exit codes of every program of gradwalk.
inline constexpr int done = 0, answer_is_no = 1, bad_call = 2;

/// Adds every subcommand of `gradwalk` to the app. The one that was called sets `run`.
void add_commands(CLI::App& app, Run& run);

// One command each, in the file of its name; those that make a document are in document.hpp.
void add_train(CLI::App& app, Run& run);
void add_trace(CLI::App& app, Run& run);
void add_expr(CLI::App& app, Run& run);
void add_terms(CLI::App& app, Run& run);
void add_check(CLI::App& app, Run& run);
void add_verify(CLI::App& app, Run& run);
void add_plot(CLI::App& app, Run& run);
void add_weights(CLI::App& app, Run& run);

}  // namespace gradwalk::cli
