// Kills the jail.
// expect attempt: signal
#include <csignal>
#include <unistd.h>
void attack() {
  kill(getppid(), SIGKILL);
  kill(1, SIGKILL);
}
