// Makes further descriptors until there are none.
// expect refused_calls
#include <unistd.h>
void attack() {
  for (int i = 0; i < 100; ++i) dup(4);
}
