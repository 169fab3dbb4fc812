// Ends with another code.
// expect failed
#include <unistd.h>
void attack() { _exit(42); }
