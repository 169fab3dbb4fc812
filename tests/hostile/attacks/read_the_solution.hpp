// Looks for the solution in every place it might be.
// expect attempt: solution.hpp
#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>
void attack() {
  for (const char* path :
       {"/work/main/lessons/04_linear_layer/solution.hpp", "/usr/share/gradwalk/lessons/04_linear_layer/solution.hpp",
        "solution.hpp", "../solution.hpp"})
    if (open(path, O_RDONLY) >= 0) (void)!write(1, "found", 5);
}
