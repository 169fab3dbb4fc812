// Prints what would clear a teacher's terminal and rename its window, then fails.
// expect failed
#include <unistd.h>

#include <cstdio>
void attack() {
  std::fputs("\x1b[2J\x1b]0;owned\x07<script>alert(1)</script>\xff\xfe", stderr);
  std::fflush(stderr);
  _exit(1);
}
