// Gives the request back as the reply.
#include <unistd.h>
void attack() {
  char block[4096];
  lseek(3, 0, SEEK_SET);
  for (ssize_t n; (n = read(3, block, sizeof block)) > 0;) (void)!write(4, block, n);
  _exit(0);
}
