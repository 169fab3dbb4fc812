#pragma once

#include <sys/wait.h>

#include <cstdlib>
#include <string>

#include "gradwalk/nn/file.hpp"
#include "temporary_folder.hpp"

struct ProgramResult {
  int status = 0;
  std::string out, err;
};

/// Runs a shell command line in `folder` with the built programs first in PATH and no language set.
inline ProgramResult run_program(const TemporaryFolder& folder, const std::string& command) {
  const auto out = folder / "stdout.txt", err = folder / "stderr.txt";
  const std::string line = "cd '" + folder.path().string() +
                           "' && env -u LANGUAGE -u LANG -u LC_ALL PATH='" GRADWALK_BIN_DIR ":'\"$PATH\" sh -c '" +
                           [&] {
                             std::string quoted;
                             for (char c : command) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
                             return quoted;
                           }() +
                           "' >'" + out.string() + "' 2>'" + err.string() + "' </dev/null";
  const int status = std::system(line.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128, gradwalk::read_file(out), gradwalk::read_file(err)};
}
