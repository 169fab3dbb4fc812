// Forks without end.
// expect refused_calls
#include <unistd.h>
void attack() {
  for (;;) fork();
}
