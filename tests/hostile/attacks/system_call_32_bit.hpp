// Goes round the filter by the 32-bit gate.
// expect crashed
void attack() {
  long result;
  asm volatile("int $0x80" : "=a"(result) : "a"(2) : "memory");  // fork
}
