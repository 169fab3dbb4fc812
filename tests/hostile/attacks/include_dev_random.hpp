// A header of noise.
// expect does_not_compile
#include "/dev/urandom"
void attack() {}
