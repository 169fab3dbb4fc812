// Computes for ever.
// expect timed_out
void attack() {
  for (volatile unsigned i = 0;; i = i + 1) {
  }
}
