// The same with a constructor of highest priority.
// expect no_answer
#include <unistd.h>
__attribute__((constructor(101))) void early() { _exit(0); }
void attack() {}
