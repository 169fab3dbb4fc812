// Attaches to the jail.
// expect attempt: another process
#include <sys/ptrace.h>
#include <unistd.h>
void attack() {
  ptrace(PTRACE_ATTACH, getppid(), nullptr, nullptr);
  ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
}
