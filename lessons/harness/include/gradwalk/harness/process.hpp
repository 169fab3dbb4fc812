#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gradwalk::harness {

/// A file descriptor that closes itself.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { reset(); }

  int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }
  void reset();

 private:
  int number_ = -1;
};

/// Both ends of a pipe; none of them survives an exec by itself.
struct Pipe {
  Descriptor read, write;
};
Pipe make_pipe();
/// A pair of connected message sockets.
std::pair<Descriptor, Descriptor> make_socket_pair();

/// What a process may use, set before it starts. Unset: as the judge itself.
struct Limits {
  std::optional<std::uint64_t> cpu_seconds, memory_bytes, file_bytes;
};

struct Command {
  std::vector<std::string> words;  // words[0] is looked up in PATH
  std::filesystem::path folder;    // to run in; empty: here
  std::optional<uid_t> uid;        // to become, group and all; needs root
  Limits limits;
  // When either is given: all that it may read, and all that it may change. Needs Landlock; without it nothing starts.
  std::vector<std::filesystem::path> readable, writable;
  int output = -1;        // becomes stdout and stderr; −1: thrown away
  std::vector<int> keep;  // descriptors that it inherits under the same numbers; nothing else is inherited
};

/// Starts a command in a session of its own, with stdin empty. Throws InputError when the system has no more processes.
pid_t start(const Command& command);

/// How a command ended. `output` is cut at `output_limit` bytes, and what is beyond is thrown away.
struct Finished {
  int status = 0;  // as waitpid gives it
  bool timed_out = false;
  std::string output;
  bool output_cut = false;

  bool succeeded() const { return status == 0 && !timed_out; }
};

/// Runs a command to its end, or until `wall` is over: then its whole process group is killed.
Finished run_to_end(Command command, std::chrono::milliseconds wall, std::size_t output_limit);

/// Kills the process group of `process` and waits for the process.
int kill_group(pid_t process);

}  // namespace gradwalk::harness
