#include "program.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk {
namespace {

/// A file without a name. Pipes would do too, but a program that reads and writes at its own pace could then wait for
/// us while we wait for it.
class Scratch {
 public:
  Scratch() {
    const std::filesystem::path folder = std::filesystem::temp_directory_path();
    std::string name = (folder / "gradwalk-XXXXXX").string();
    descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor_ < 0) {
      throw InputError(tr("cannot make a file in {folder}: set TMPDIR", fmt::arg("folder", folder.string())));
    }
    ::unlink(name.c_str());
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { ::close(descriptor_); }

  int descriptor() const { return descriptor_; }
  void write(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
      const ssize_t written = ::pwrite(descriptor_, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
      if (written < 0 && errno != EINTR) throw InputError(tr("the disk is full: set TMPDIR"));
      at += static_cast<std::size_t>(std::max<ssize_t>(written, 0));
    }
  }
  std::string content() const {
    std::string bytes(static_cast<std::size_t>(std::max<off_t>(::lseek(descriptor_, 0, SEEK_END), 0)), '\0');
    std::size_t filled = 0;
    while (filled < bytes.size()) {
      const ssize_t got =
          ::pread(descriptor_, bytes.data() + filled, bytes.size() - filled, static_cast<off_t>(filled));
      if (got == 0 || (got < 0 && errno != EINTR)) break;
      filled += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
    }
    bytes.resize(filled);
    return bytes;
  }

 private:
  int descriptor_ = -1;
};

/// Its exit code; nothing when there is no such program.
std::optional<int> run(const std::vector<std::string>& words, int input, int output, int messages) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t streams;
  ::posix_spawn_file_actions_init(&streams);
  ::posix_spawn_file_actions_adddup2(&streams, input, STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&streams, output, STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&streams, messages, STDERR_FILENO);
  pid_t child = 0;
  const int error = ::posix_spawnp(&child, arguments[0], &streams, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&streams);
  if (error != 0) return std::nullopt;
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

std::optional<ProgramResult> run_program(const std::vector<std::string>& words, std::string_view input) {
  Scratch in, out, messages;
  in.write(input);
  const std::optional<int> code = run(words, in.descriptor(), out.descriptor(), messages.descriptor());
  if (!code) return std::nullopt;
  return ProgramResult{*code, out.content(), messages.content()};
}

}  // namespace gradwalk
