// Processes by way of clone.
// expect refused_calls
#include <sched.h>

#include <csignal>
static char stack[1 << 16];
static int child(void*) {
  for (;;) {
  }
}
void attack() {
  for (int i = 0; i < 100; ++i) clone(child, stack + sizeof stack, SIGCHLD, nullptr);
}
