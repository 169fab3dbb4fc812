// Runs another program.
// expect attempt: another program
#include <unistd.h>
void attack() {
  char* none[] = {nullptr};
  execve("/bin/sh", none, none);
  execve("/proc/self/exe", none, none);
}
