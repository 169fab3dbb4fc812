// Leaves a file behind.
// expect attempt: owned
#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>
void attack() {
  for (const char* path : {"/tmp/owned", "/owned", "owned", "/dev/shm/owned"}) open(path, O_CREAT | O_WRONLY, 0666);
}
