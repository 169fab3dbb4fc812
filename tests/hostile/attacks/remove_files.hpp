// Removes whatever it can.
// expect attempt: change files
#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>
void attack() {
  unlink("/program");
  unlink("/jail");
  rmdir("/");
}
