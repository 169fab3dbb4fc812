// Hides the file it wants behind many calls that mean nothing.
// expect attempt: /etc/shadow
#include <fcntl.h>
#include <unistd.h>
void attack() {
  for (int i = 0; i < 30; ++i) access("/nothing", F_OK);
  open("/etc/shadow", O_RDONLY);
}
