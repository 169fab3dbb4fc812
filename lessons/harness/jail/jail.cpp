// gradwalk-jail CONTROL PROGRAM: runs a submission's program again and again, each time in a fresh process with limits,
// a filter on its system calls and no descriptor but its own five. It stands inside the sandbox beside the program, is
// linked statically because nothing else stands there, and obeys the judge's orders (order.hpp) until the socket
// closes.
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <initializer_list>

#include "filter.hpp"
#include "listener.hpp"
#include "order.hpp"

namespace gradwalk::jail {
namespace {

constexpr int first_own_descriptor = 16;    // the jail's own descriptors start here, above what a program gets
constexpr int exit_when_not_started = 127;  // of the child, together with an errno over the handover socket

/// A descriptor that closes itself: however a run ends, the jail keeps nothing of it for the next.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  ~Descriptor() { reset(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }
  void reset(int number = -1) {
    if (number_ >= 0) close(number_);
    number_ = number;
  }

 private:
  int number_;
};

struct Descriptors {
  Descriptor request, reply, output;
};

/// The same above what a program gets; −1 when there is no room.
int above(int descriptor) {
  const int moved = fcntl(descriptor, F_DUPFD_CLOEXEC, first_own_descriptor);
  close(descriptor);
  return moved;
}

bool receive(int control, Order& order, Descriptors& with) {
  iovec data{&order, sizeof order};
  alignas(cmsghdr) char space[CMSG_SPACE(3 * sizeof(int))];
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = space;
  message.msg_controllen = sizeof space;
  ssize_t got;
  do got = recvmsg(control, &message, MSG_WAITALL | MSG_CMSG_CLOEXEC);
  while (got < 0 && errno == EINTR);
  const cmsghdr* header = CMSG_FIRSTHDR(&message);
  if (got != static_cast<ssize_t>(sizeof order) || !header || header->cmsg_len != CMSG_LEN(3 * sizeof(int)))
    return false;
  int fds[3];
  std::memcpy(fds, CMSG_DATA(header), sizeof fds);
  with.request.reset(above(fds[0]));
  with.reply.reset(above(fds[1]));
  with.output.reset(above(fds[2]));
  return true;
}

void send_descriptor(int socket, int descriptor, int error) {
  iovec data{&error, sizeof error};
  alignas(cmsghdr) char space[CMSG_SPACE(sizeof(int))] = {};
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  if (descriptor >= 0) {
    message.msg_control = space;
    message.msg_controllen = sizeof space;
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
  }
  sendmsg(socket, &message, MSG_NOSIGNAL);
}

/// What the child reported before the program started: an errno, or 0 and maybe a listener.
int receive_listener(int socket, Descriptor& listener) {
  int error = EIO;
  iovec data{&error, sizeof error};
  alignas(cmsghdr) char space[CMSG_SPACE(sizeof(int))];
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = space;
  message.msg_controllen = sizeof space;
  if (recvmsg(socket, &message, MSG_CMSG_CLOEXEC) != static_cast<ssize_t>(sizeof error)) return EIO;
  if (const cmsghdr* header = CMSG_FIRSTHDR(&message)) {
    int received = -1;
    std::memcpy(&received, CMSG_DATA(header), sizeof received);
    listener.reset(received);
  }
  return error;
}

void limit(__rlimit_resource what, rlim_t soft, rlim_t hard) {
  const rlimit value{soft, hard};
  setrlimit(what, &value);
}

[[noreturn]] void become(const char* program, const Order& order, const Descriptors& with, int handover) {
  dup2(handover, handover_descriptor);
  fcntl(handover_descriptor, F_SETFD, FD_CLOEXEC);
  dup2(with.output.get(), 1);
  dup2(with.output.get(), 2);
  dup2(with.request.get(), 3);
  dup2(with.reply.get(), 4);
  setpgid(0, 0);
  limit(RLIMIT_CORE, 0, 0);
  limit(RLIMIT_FSIZE, 0, 0);
  limit(RLIMIT_NOFILE, 16, 16);
  limit(RLIMIT_STACK, 16 << 20, 16 << 20);
  limit(RLIMIT_CPU, order.cpu_seconds, order.cpu_seconds + 1);
  limit(RLIMIT_AS, order.memory_bytes, order.memory_bytes);
  if (order.threads) limit(RLIMIT_NPROC, order.threads, order.threads);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  const Filter filter = load_filter();
  if (!filter.in_force) {
    send_descriptor(handover_descriptor, -1, filter.error ? filter.error : EIO);
    _exit(exit_when_not_started);
  }
  send_descriptor(handover_descriptor, filter.listener, 0);
  const char* arguments[] = {"submission", nullptr};
  const char* environment[] = {"OMP_NUM_THREADS=2", "LC_ALL=C", nullptr};
  execve(program, const_cast<char**>(arguments), const_cast<char**>(environment));
  _exit(exit_when_not_started);
}

std::int64_t now_milliseconds() {
  timespec t{};
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

/// Until the program ends, or must. 0, or an errno when it cannot be watched at all.
int watch(pid_t child, int listener, const Order& order, Ending& ending) {
  const Descriptor process(static_cast<int>(syscall(SYS_pidfd_open, child, 0)));
  const int error = process ? 0 : errno;
  const std::int64_t deadline = now_milliseconds() + order.wall_milliseconds;
  Listener refused(listener, ending);
  while (error == 0) {
    const std::int64_t left = deadline - now_milliseconds();
    if (left <= 0) {
      ending.timed_out = 1;
      break;
    }
    pollfd wait[2] = {{process.get(), POLLIN, 0}, {listener, POLLIN, 0}};
    if (poll(wait, 2, static_cast<int>(left)) < 0 && errno != EINTR) break;
    if (wait[1].revents & POLLIN && !refused.answer()) break;
    if (wait[1].revents & (POLLHUP | POLLERR)) listener = -1;
    if (wait[0].revents & POLLIN) break;
  }
  kill(child, SIGKILL);
  return error;
}

void run(const char* program, const Order& order, Descriptors& with, Ending& ending) {
  int ends[2] = {-1, -1};
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
    ending.status = errno;
    return;
  }
  Descriptor ours(above(ends[0])), theirs(above(ends[1]));
  if (!ours || !theirs || !with.request || !with.reply || !with.output) {
    ending.status = EMFILE;
    return;
  }
  const pid_t child = fork();
  if (child < 0) {
    ending.status = errno;
    return;
  }
  if (child == 0) become(program, order, with, theirs.get());
  theirs.reset();
  for (Descriptor* descriptor : {&with.request, &with.reply, &with.output}) descriptor->reset();
  Descriptor listener;
  int error = receive_listener(ours.get(), listener);
  ours.reset();
  if (const int unwatched = watch(child, listener.get(), order, ending); error == 0) error = unwatched;
  listener.reset();
  rusage used{};
  int status = 0;
  while (wait4(child, &status, 0, &used) < 0 && errno == EINTR) {
  }
  ending.started = error == 0;
  ending.status = error == 0 ? status : error;
  ending.cpu_microseconds = static_cast<std::uint64_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000 +
                            static_cast<std::uint64_t>(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
  ending.memory_bytes = static_cast<std::uint64_t>(used.ru_maxrss) * 1024;
}

}  // namespace
}  // namespace gradwalk::jail

int main(int argc, char** argv) {
  using namespace gradwalk::jail;
  if (argc != 3) return 2;
  prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  const int control = above(std::atoi(argv[1]));
  for (int descriptor = 3; descriptor < first_own_descriptor; ++descriptor) close(descriptor);
  Order order;
  for (;;) {
    Ending ending;
    {
      Descriptors with;  // closed before the judge hears of the end
      if (!receive(control, order, with)) return 0;
      run(argv[2], order, with, ending);
    }
    if (send(control, &ending, sizeof ending, MSG_NOSIGNAL) != static_cast<ssize_t>(sizeof ending)) return 1;
  }
}
