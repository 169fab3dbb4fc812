// Ignores every signal and stays.
// expect timed_out
#include <csignal>
void attack() {
  for (int s = 1; s < 65; ++s) std::signal(s, SIG_IGN);
  for (volatile unsigned i = 0;; i = i + 1) {
  }
}
