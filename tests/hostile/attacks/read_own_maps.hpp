// Looks where its own code lies in memory.
// expect attempt: read about processes: /proc/self/maps
#include <fcntl.h>
void attack() { open("/proc/self/maps", O_RDONLY); }
