// Stops its process group.
// expect timed_out
#include <unistd.h>

#include <csignal>
void attack() {
  kill(0, SIGSTOP);
  for (volatile unsigned i = 0;; i = i + 1) {
  }
}
