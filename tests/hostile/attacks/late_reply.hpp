// Sleeps past every limit.
// expect timed_out
#include <unistd.h>
void attack() { sleep(30); }
