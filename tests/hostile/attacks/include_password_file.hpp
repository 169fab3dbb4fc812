// Has a system file quoted in the compiler's error.
// expect does_not_compile
#include "/etc/passwd"
void attack() {}
