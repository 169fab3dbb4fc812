// Becomes root of its own world.
// expect attempt: unshare
#include <sched.h>
#include <sys/mount.h>
void attack() {
  unshare(CLONE_NEWUSER | CLONE_NEWNS);
  mount("none", "/", "tmpfs", 0, nullptr);
}
