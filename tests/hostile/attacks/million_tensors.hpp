// Promises four billion tensors.
// expect malformed_answer
#include <unistd.h>
void attack() {
  const unsigned char r[] = {'G', 'W', 'A', '1', 255, 255, 255, 255};
  (void)!write(4, r, sizeof r);
  _exit(0);
}
