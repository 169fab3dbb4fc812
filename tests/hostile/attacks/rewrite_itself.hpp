// Writes over its own program.
// expect attempt: /program
#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>
void attack() { open("/program", O_WRONLY | O_TRUNC); }
