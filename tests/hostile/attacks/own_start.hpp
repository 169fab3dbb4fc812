// Brings an entry point of its own.
// expect does_not_compile
#include <unistd.h>
extern "C" void _start() { _exit(0); }
void attack() {}
