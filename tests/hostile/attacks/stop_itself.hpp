// Stops itself and waits to be continued.
// expect timed_out
#include <csignal>
void attack() { std::raise(SIGSTOP); }
