// Stops its process group.
// expect timed_out
#include <csignal>
#include <unistd.h>
void attack() {
  kill(0, SIGSTOP);
  for (volatile unsigned i = 0;; i = i + 1) {}
}
