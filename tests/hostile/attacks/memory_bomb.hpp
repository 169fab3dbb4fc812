// Allocates and touches without end.
#include <cstdlib>
#include <cstring>
void attack() {
  for (;;) std::memset(std::malloc(1 << 24), 1, 1 << 24);
}
