// Asks for a file whose name would rename the teacher's window when it is told.
// expect attempt: open the file
#include <fcntl.h>
#include <unistd.h>
void attack() {
  open("/\x1b]0;owned\x07\x1b[2J", O_RDONLY);
  _exit(1);
}
