// Prints for ever on stderr.
// expect printed_too_much
#include <cstdio>
void attack() {
  for (;;) std::fputs("passed\n", stderr);
}
