// Closes all it has.
#include <unistd.h>
void attack() {
  for (int fd = 0; fd < 1024; ++fd) close(fd);
}
