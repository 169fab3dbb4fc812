#pragma once

#include <cstdint>

// What the judge and the jail tell each other over their socket: fixed structures, one machine, one build.
namespace gradwalk::jail {

/// Judge → jail: run the program once. Three descriptors come with it: request, reply, output.
struct Order {
  std::uint32_t wall_milliseconds = 0;
  std::uint32_t cpu_seconds = 0;
  std::uint64_t memory_bytes = 0;
  std::uint32_t threads = 0;  // 0: no limit of its own
};

/// A system call that the program tried and did not get.
struct Attempt {
  std::int32_t call = 0;
  char path[92] = {};  // of open, stat, … ; empty otherwise
};

/// Jail → judge: how the program ended.
struct Ending {
  std::uint32_t started = 0;    // 0: the jail could not start it, and `status` is errno
  std::int32_t status = 0;      // as wait4 gives it
  std::uint32_t timed_out = 0;  // the wall clock ran out
  std::uint32_t attempt_count = 0;
  std::uint32_t told = 0;  // how many different ones stand in `attempts`
  std::uint64_t cpu_microseconds = 0;
  std::uint64_t memory_bytes = 0;  // largest resident set
  Attempt attempts[16];
};

}  // namespace gradwalk::jail
