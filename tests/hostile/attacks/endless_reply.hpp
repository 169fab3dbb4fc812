// A reply without end.
#include <unistd.h>
void attack() {
  static char block[1 << 16];
  for (;;)
    if (write(4, block, sizeof block) < 0) _exit(0);
}
