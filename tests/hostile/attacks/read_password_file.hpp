// Reads a file of the system.
// expect attempt: /etc/passwd
#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>
void attack() {
  char text[64];
  const int fd = open("/etc/passwd", O_RDONLY);
  if (fd >= 0 && read(fd, text, sizeof text) > 0) (void)!write(1, text, sizeof text);
}
