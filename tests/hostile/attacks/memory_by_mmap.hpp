// The same by mmap.
#include <sys/mman.h>

#include <cstring>
void attack() {
  for (;;) std::memset(mmap(nullptr, 1 << 26, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), 1, 1 << 26);
}
