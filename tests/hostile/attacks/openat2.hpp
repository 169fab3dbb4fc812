// Opens a file by the newest of the calls.
// expect attempt: /etc/hostname
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>
void attack() {
  open_how how{};
  syscall(SYS_openat2, AT_FDCWD, "/etc/hostname", &how, sizeof how);
}
