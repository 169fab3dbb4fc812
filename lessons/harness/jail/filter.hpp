#pragma once

namespace gradwalk::jail {

/// The descriptor over which a program's process hands its listener to the jail, before the program starts.
constexpr int handover_descriptor = 9;

struct Filter {
  bool in_force = false;
  int listener = -1;  // where refused calls are reported and wait for an answer; −1: they end the process instead
  int error = 0;
};

/// Loads the allow-list of system calls into the calling process, for good.
Filter load_filter();

}  // namespace gradwalk::jail
