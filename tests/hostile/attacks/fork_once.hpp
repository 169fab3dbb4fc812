// One child that would outlive its parent.
// expect attempt: another process
#include <unistd.h>
void attack() {
  if (fork() == 0) {
    setsid();
    for (;;) sleep(1);
  }
}
