// Makes links to what it may not see.
// expect attempt: change files
#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>
void attack() {
  (void)!symlink("/etc/shadow", "exercise.hpp");
  (void)!link("/program", "/program2");
}
