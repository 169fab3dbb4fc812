// Kills the jail.
// expect attempt: signal
#include <unistd.h>

#include <csignal>
void attack() {
  kill(getppid(), SIGKILL);
  kill(1, SIGKILL);
}
