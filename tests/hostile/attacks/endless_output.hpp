// Prints for ever on stdout.
// expect printed_too_much
#include <cstdio>
void attack() {
  for (;;) std::puts("All 42 tests passed.");
}
