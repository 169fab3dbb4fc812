#include "program.hpp"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <memory>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk {
namespace {

/// A file without a name. Pipes would do too, but a program that reads and writes at its own pace could then wait for
/// us while we wait for it.
class Scratch {
 public:
  Scratch() : file_(std::tmpfile(), &std::fclose) {
    if (!file_) throw InputError(tr("the folder for temporary files cannot be written to; TMPDIR names another"));
  }
  int descriptor() const { return ::fileno(file_.get()); }
  void write(std::string_view bytes) {
    std::fwrite(bytes.data(), 1, bytes.size(), file_.get());
    std::fflush(file_.get());
    std::rewind(file_.get());
  }
  std::string content() {
    std::string bytes(static_cast<std::size_t>(std::max<off_t>(::lseek(descriptor(), 0, SEEK_END), 0)), '\0');
    std::size_t filled = 0;
    while (filled < bytes.size()) {
      const ssize_t got =
          ::pread(descriptor(), bytes.data() + filled, bytes.size() - filled, static_cast<off_t>(filled));
      if (got <= 0 && errno != EINTR) break;
      filled += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
    }
    bytes.resize(filled);
    return bytes;
  }

 private:
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
};

/// The exit code, or 127 when there is no such program.
int run(const std::vector<std::string>& words, int input, int output, int complaints) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t streams;
  ::posix_spawn_file_actions_init(&streams);
  ::posix_spawn_file_actions_adddup2(&streams, input, 0);
  ::posix_spawn_file_actions_adddup2(&streams, output, 1);
  ::posix_spawn_file_actions_adddup2(&streams, complaints, 2);
  pid_t child = 0;
  const int error = ::posix_spawnp(&child, arguments[0], &streams, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&streams);
  if (error != 0) return 127;
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// The first line that says something.
std::string first_line(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t\r\n^"), text.size());
  text.remove_prefix(begin);
  return std::string(text.substr(0, text.find_first_of("\r\n")));
}

}  // namespace

std::string run_program(const std::vector<std::string>& words, std::string_view input, std::string_view package) {
  Scratch in, out, complaints;
  in.write(input);
  const int code = run(words, in.descriptor(), out.descriptor(), complaints.descriptor());
  if (code == 127) {
    throw InputError(tr("the program {program} is not there: install the package {package}",
                        fmt::arg("program", words[0]), fmt::arg("package", package)));
  }
  if (code != 0) {
    throw InputError(tr("the program {program} failed: {complaint}", fmt::arg("program", words[0]),
                        fmt::arg("complaint", first_line(complaints.content()))));
  }
  return out.content();
}

}  // namespace gradwalk
