// Overwrites its own return address.
// expect crashed
#include <cstring>
__attribute__((noinline)) void smash(volatile char* p) {
  for (int i = 0; i < 4096; ++i) p[i] = 0x41;
}
__attribute__((noinline)) void attack() {
  volatile char small[8];
  smash(small);
}
