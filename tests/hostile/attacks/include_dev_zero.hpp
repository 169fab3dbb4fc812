// A header that never ends.
// expect does_not_compile
#include "/dev/zero"
void attack() {}
