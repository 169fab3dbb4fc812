// Recursion without end.
// expect crashed
volatile int depth;
int deeper(int n) {
  volatile char room[4096] = {};
  depth = n;
  return deeper(n + 1) + room[0];
}
void attack() { deeper(0); }
