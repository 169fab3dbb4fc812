// Looks at its parent through /proc.
// expect attempt: /proc/1
#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>
void attack() {
  char path[] = "/proc/1/maps";
  open(path, O_RDONLY);
  open("/proc/self/status", O_RDONLY);
  open("/proc/1/mem", O_RDWR);
}
