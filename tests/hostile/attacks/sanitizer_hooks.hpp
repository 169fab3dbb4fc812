// Defines the hooks of sanitizers and of the allocator.
// expect crashed
#include <unistd.h>

#include <cstddef>
extern "C" const char* __asan_default_options() { return "exitcode=0:detect_leaks=0"; }
extern "C" void __asan_on_error() { _exit(0); }
extern "C" const char* __ubsan_default_options() { return "halt_on_error=0"; }
void attack() { *(volatile int*)16 = 1; }
