#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gradwalk {

struct ProgramResult {
  int code = 0;          // its exit code; above 127 when a signal ended it
  std::string output;    // all of its standard output
  std::string messages;  // all of its standard error
};

/// Runs a program that is found on the PATH to its end, with `input` as its standard input. Nothing when there is no
/// such program. Throws InputError when there is no place for temporary files.
std::optional<ProgramResult> run_program(const std::vector<std::string>& words, std::string_view input = {});

}  // namespace gradwalk
