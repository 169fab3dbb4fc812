#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gradwalk/harness/process.hpp"
#include "gradwalk/harness/protocol.hpp"
#include "gradwalk/harness/sandbox.hpp"

namespace gradwalk::harness {

/// What one run of a program may use.
struct RunLimits {
  // Of computing. The clock on the wall allows five times as much: a busy machine is not the student's fault, and only
  // a program that waits without computing meets that limit.
  std::chrono::milliseconds wall{2000};
  std::uint64_t memory_bytes = std::uint64_t{1} << 29;
  std::uint32_t threads = 64;
  std::size_t printed_bytes = std::size_t{1} << 20;  // on stdout and stderr together
  std::size_t reply_bytes = std::size_t{64} << 20;
};

/// How a run ended. Only `answered` comes with numbers.
enum class Outcome {
  answered,
  no_answer,         // ended by itself, and not a byte came back
  short_answer,      // the answer stops in the middle
  surplus_answer,    // more came back than one answer
  malformed_answer,  // bytes that are no answer
  crashed,           // a signal, told in `signal`
  failed,            // an exit code that is not 0
  timed_out,
  printed_too_much,
  refused_calls,  // tried so many refused system calls that it was stopped
  not_started,    // the fault is ours, not the student's
};

struct RunResult {
  Outcome outcome = Outcome::not_started;
  int signal = 0;
  int exit_code = 0;
  Reply reply;
  std::string printed;                // what it wrote on stdout and stderr, cut; shown, never read
  std::vector<std::string> attempts;  // what it tried and did not get, in words
  double cpu_seconds = 0;
};

/// A compiled submission in its sandbox. Each run is a fresh process.
class JailedProgram {
 public:
  JailedProgram(const Sandbox& sandbox, const std::filesystem::path& jail, const std::filesystem::path& program,
                std::optional<uid_t> uid);
  ~JailedProgram();
  JailedProgram(const JailedProgram&) = delete;
  JailedProgram& operator=(const JailedProgram&) = delete;

  RunResult run(const std::string& request, const RunLimits& limits);

  /// Whether a jail can be set up in this sandbox at all: the jail runs itself once.
  static bool works(const Sandbox& sandbox, const std::filesystem::path& jail);

 private:
  Tier tier_;
  Descriptor control_;
  pid_t process_ = -1;
};

}  // namespace gradwalk::harness
