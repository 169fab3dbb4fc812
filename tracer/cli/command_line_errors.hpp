#pragma once

#include <CLI/CLI.hpp>

namespace gradwalk::cli {

/// Tells in one line of the user's language what is wrong with a command line, on stderr; prints help on stdout when
/// that was asked for. Returns the exit code.
int explain(CLI::App& app, const CLI::ParseError& error);

/// For options that count: CLI11 alone would read -3 as a very large number.
CLI::Validator whole_number();

}  // namespace gradwalk::cli
