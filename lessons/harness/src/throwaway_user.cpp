#include "gradwalk/harness/throwaway_user.hpp"

#include <fmt/format.h>
#include <grp.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <mutex>
#include <random>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk::harness {
namespace {

constexpr uid_t first_throwaway_uid = 52000, throwaway_uids = 8000;

/// Holds the id for this process: a name in the kernel's abstract name space of sockets, which goes with its process
/// however that ends. Empty when another judge holds it.
Descriptor lease(uid_t uid) {
  const std::string name = fmt::format("gradwalk-uid-{}", uid);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::copy(name.begin(), name.end(), address.sun_path + 1);
  Descriptor socket_of_name(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
  if (bind(socket_of_name.get(), reinterpret_cast<const sockaddr*>(&address), size) != 0) return {};
  return socket_of_name;
}

/// As that user, one call reaches all of its processes and nobody else's; none can fork away from it.
void kill_processes_of(uid_t uid) {
  const pid_t killer = fork();
  if (killer == 0) {
    if (setgroups(0, nullptr) == 0 && setresgid(uid, uid, uid) == 0 && setresuid(uid, uid, uid) == 0) kill(-1, SIGKILL);
    _exit(0);
  }
  while (killer > 0 && waitpid(killer, nullptr, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace

ThrowawayUser::ThrowawayUser() {
  // One after the other, from anywhere: an id is taken again only when all others have been, so that what was killed
  // is gone for long.
  static std::mutex one_at_a_time;
  static uid_t next = std::random_device()() % throwaway_uids;
  const std::lock_guard lock(one_at_a_time);
  for (uid_t tried = 0; tried < throwaway_uids; ++tried) {
    uid_ = first_throwaway_uid + next++ % throwaway_uids;
    if (getpwuid(uid_)) continue;
    lease_ = lease(uid_);
    if (lease_) return;
  }
  throw InputError(tr("no free user id between {first} and {last} for the sandbox",
                      fmt::arg("first", first_throwaway_uid),
                      fmt::arg("last", first_throwaway_uid + throwaway_uids - 1)));
}

ThrowawayUser::~ThrowawayUser() { kill_processes_of(uid_); }

}  // namespace gradwalk::harness
