#pragma once

#include <CLI/CLI.hpp>

namespace gradwalk::cli {

/// Tells in one line of the user's language what is wrong with a command line, on stderr; prints help on stdout when
/// that was asked for. Returns the exit code.
int explain(CLI::App& app, const CLI::ParseError& error);

}  // namespace gradwalk::cli
