// System calls by way of a ring.
// expect attempt: io_uring
#include <sys/syscall.h>
#include <unistd.h>
void attack() {
  char parameters[120] = {};
  syscall(SYS_io_uring_setup, 8, parameters);
  syscall(SYS_bpf, 0, nullptr, 0);
  syscall(SYS_userfaultfd, 0);
}
