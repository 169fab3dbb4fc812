// Gives itself more.
// expect attempt: limits
#include <sys/resource.h>
void attack() {
  rlimit all{RLIM_INFINITY, RLIM_INFINITY};
  setrlimit(RLIMIT_AS, &all);
  setrlimit(RLIMIT_CPU, &all);
}
