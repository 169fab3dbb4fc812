// Runs itself again, with a poisoned environment.
// expect attempt: another program
#include <unistd.h>
void attack() {
  char preload[] = "LD_PRELOAD=/tmp/owned.so";
  char* environment[] = {preload, nullptr};
  char* none[] = {nullptr};
  execve("/program", none, environment);
}
