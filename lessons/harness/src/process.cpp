#include "gradwalk/harness/process.hpp"

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "gradwalk/nn/error.hpp"
#include "landlock.hpp"

namespace gradwalk::harness {
namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void no_resource(const char* what) {
  throw InputError(std::string("the system gives no ") + what + ": " + std::strerror(errno) +
                   "; run fewer jobs at once");
}

void limit(__rlimit_resource what, const std::optional<std::uint64_t>& value) {
  if (!value) return;
  const rlimit both{*value, *value};
  setrlimit(what, &both);
}

/// Between fork and exec: only calls that are safe while other threads hold locks.
[[noreturn]] void become(const Command& command, char* const* words, int empty, int rules) {
  setsid();
  signal(SIGPIPE, SIG_DFL);  // the judge ignores it, and an ignored signal would stay ignored
  prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  dup2(empty, 0);
  const int output = command.output >= 0 ? command.output : empty;
  dup2(output, 1);
  dup2(output, 2);
  syscall(SYS_close_range, 3U, ~0U, 4U /* CLOSE_RANGE_CLOEXEC */);
  for (const int descriptor : command.keep) fcntl(descriptor, F_SETFD, 0);
  if (const auto& seconds = command.limits.cpu_seconds) {
    const rlimit soft_first{*seconds, *seconds + 1};  // SIGXCPU tells what it was; SIGKILL may be anything
    setrlimit(RLIMIT_CPU, &soft_first);
  }
  limit(RLIMIT_AS, command.limits.memory_bytes);
  limit(RLIMIT_FSIZE, command.limits.file_bytes);
  limit(RLIMIT_CORE, 0);
  if (!command.folder.empty() && chdir(command.folder.c_str()) != 0) _exit(126);
  if (command.uid && (setgroups(0, nullptr) != 0 || setresgid(*command.uid, *command.uid, *command.uid) != 0 ||
                      setresuid(*command.uid, *command.uid, *command.uid) != 0))
    _exit(126);
  prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);  // changing the user has cleared it
  if (rules >= 0 && !obey_landlock_rules(rules)) _exit(126);
  execvp(words[0], words);
  _exit(127);
}

}  // namespace

void Descriptor::reset() {
  if (number_ >= 0) close(std::exchange(number_, -1));
}

Pipe make_pipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) no_resource("pipe");
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

std::pair<Descriptor, Descriptor> make_socket_pair() {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) no_resource("socket");
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

pid_t start(const Command& command) {
  std::vector<char*> words;
  for (const std::string& word : command.words) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  const Descriptor empty(open("/dev/null", O_RDWR | O_CLOEXEC));
  Descriptor rules;
  if (!command.readable.empty() || !command.writable.empty())
    rules = landlock_rules(command.readable, command.writable);
  const pid_t child = fork();
  if (child == 0) become(command, words.data(), empty.get(), rules.get());
  if (child < 0) no_resource("process");
  return child;
}

int kill_group(pid_t process) {
  kill(-process, SIGKILL);
  kill(process, SIGKILL);
  int status = 0;
  while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

Finished run_to_end(Command command, std::chrono::milliseconds wall, std::size_t output_limit) {
  Pipe pipe = make_pipe();
  command.output = pipe.write.get();
  const pid_t child = start(command);
  pipe.write.reset();

  Finished finished;
  const auto deadline = Clock::now() + wall;
  char block[1 << 14];
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) {
      finished.timed_out = true;
      break;
    }
    pollfd wait{pipe.read.get(), POLLIN, 0};
    if (poll(&wait, 1, static_cast<int>(left)) <= 0) continue;
    const ssize_t n = read(pipe.read.get(), block, sizeof block);
    if (n <= 0) break;
    const std::size_t room = output_limit - finished.output.size();
    finished.output.append(block, std::min(static_cast<std::size_t>(n), room));
    if (static_cast<std::size_t>(n) > room) finished.output_cut = true;
  }
  // End of file comes when the last process that holds the pipe is gone; only after a time-out is there one to kill.
  if (!finished.timed_out) {
    siginfo_t info{};
    while (Clock::now() < deadline) {
      info.si_pid = 0;
      if (waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT | WNOHANG) != 0 || info.si_pid != 0) break;
      usleep(500);
    }
    finished.timed_out = info.si_pid == 0;
  }
  finished.status = kill_group(child);  // one that has ended keeps its status; what it left behind goes
  return finished;
}

}  // namespace gradwalk::harness
