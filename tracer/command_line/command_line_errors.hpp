#pragma once

#include <CLI/CLI.hpp>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

namespace gradwalk::cli {

/// Tells in one line of the user's language what is wrong with a command line, on stderr, under the name of the app,
/// with the nearest command or flag where a word is a slip of one; prints help on stdout when that was asked for.
/// `other_commands` are commands that the app does not hold itself. Returns the exit code.
int explain(CLI::App& app, const CLI::ParseError& error, const std::vector<std::string>& other_commands = {});

/// For options that count: CLI11 alone would read -3 as a very large number.
CLI::Validator whole_number(std::size_t from = 0, std::size_t to = std::numeric_limits<std::size_t>::max());

}  // namespace gradwalk::cli
