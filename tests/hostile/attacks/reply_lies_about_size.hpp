// Promises more elements than there is memory.
// expect malformed_answer
#include <unistd.h>

#include <cstdint>
void attack() {
  const unsigned char r[] = {'G', 'W', 'A', '1', 1,   0,   0,   0,   1, 0, 0, 0, 'z', 2, 0, 0, 0,
                             255, 255, 255, 255, 255, 255, 255, 127, 2, 0, 0, 0, 0,   0, 0, 0};
  (void)!write(4, r, sizeof r);
  _exit(0);
}
