// Goes to a file by way of a folder that is looked at by run-time libraries.
// expect attempt: /sys/devices/system/../../../etc/shadow
#include <fcntl.h>
void attack() { open("/sys/devices/system/../../../etc/shadow", O_RDONLY); }
