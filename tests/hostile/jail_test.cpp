// The jail itself, driven by the orders that the judge would give it, where the system does not give it what it needs.
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <string>

#include "../../lessons/harness/jail/order.hpp"
#include "gradwalk/harness/places.hpp"
#include "gradwalk/harness/process.hpp"

using namespace gradwalk;
using namespace gradwalk::harness;
namespace fs = std::filesystem;

namespace {

/// From now on the system has no socket pairs left.
void refuse_socket_pairs() {
  sock_filter code[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socketpair, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EMFILE),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog program{std::size(code), code};
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

/// A jail around itself, which ends at once with exit code 2.
class Jail {
 public:
  explicit Jail(bool has_socket_pairs) {
    auto [ours, theirs] = make_socket_pair();
    control_ = std::move(ours);
    const std::string jail = (tools_folder() / "gradwalk-jail").string(), descriptor = std::to_string(theirs.get());
    process_ = fork();
    if (process_ != 0) return;
    if (!has_socket_pairs) refuse_socket_pairs();
    fcntl(theirs.get(), F_SETFD, 0);
    execl(jail.c_str(), jail.c_str(), descriptor.c_str(), jail.c_str(), nullptr);
    _exit(127);
  }
  ~Jail() { kill_group(process_); }
  Jail(const Jail&) = delete;
  Jail& operator=(const Jail&) = delete;

  jail::Ending run() {
    jail::Order order;
    order.wall_milliseconds = 5000;
    order.cpu_seconds = 5;
    order.memory_bytes = std::size_t{1} << 29;
    Pipe request = make_pipe(), reply = make_pipe(), output = make_pipe();
    const int ends[3] = {request.read.get(), reply.write.get(), output.write.get()};
    iovec data{&order, sizeof order};
    alignas(cmsghdr) char space[CMSG_SPACE(sizeof ends)] = {};
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = space;
    message.msg_controllen = sizeof space;
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof ends);
    std::memcpy(CMSG_DATA(header), ends, sizeof ends);
    BOOST_REQUIRE(sendmsg(control_.get(), &message, MSG_NOSIGNAL) == static_cast<ssize_t>(sizeof order));
    jail::Ending ending;
    BOOST_REQUIRE(recv(control_.get(), &ending, sizeof ending, 0) == static_cast<ssize_t>(sizeof ending));
    return ending;
  }

  std::size_t descriptors() const {
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator("/proc/" + std::to_string(process_) + "/fd"))
      count += !entry.path().empty();
    return count;
  }

  /// So few descriptors that there is no room above those that a program gets.
  void take_descriptors_away() const {
    const rlimit few{16, 16};
    BOOST_REQUIRE(prlimit(process_, RLIMIT_NOFILE, &few, nullptr) == 0);
  }

 private:
  Descriptor control_;
  pid_t process_ = -1;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(jail_itself)

BOOST_AUTO_TEST_CASE(it_keeps_nothing_of_a_run) {
  for (const bool has_socket_pairs : {true, false}) {
    Jail jail(has_socket_pairs);
    BOOST_TEST(jail.run().started == (has_socket_pairs ? 1U : 0U));
    const std::size_t before = jail.descriptors();
    for (int i = 0; i < 5; ++i) jail.run();
    BOOST_TEST(jail.descriptors() == before);
  }
}

BOOST_AUTO_TEST_CASE(without_a_descriptor_it_says_so) {
  Jail jail(true);
  jail.run();
  jail.take_descriptors_away();
  const jail::Ending ending = jail.run();
  BOOST_TEST(ending.started == 0U);
  BOOST_TEST(ending.status == EMFILE);
}

BOOST_AUTO_TEST_SUITE_END()
