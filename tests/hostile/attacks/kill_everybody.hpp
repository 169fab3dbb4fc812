// Kills every process it may.
// expect attempt: signal
#include <csignal>
void attack() { kill(-1, SIGKILL); }
