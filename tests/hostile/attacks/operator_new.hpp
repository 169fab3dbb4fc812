// Replaces the allocator by one that returns one block for all.
#include <cstddef>
#include <new>
alignas(64) static char block[1 << 20];
void* operator new(std::size_t) { return block; }
void operator delete(void*) noexcept {}
void operator delete(void*, std::size_t) noexcept {}
void attack() {}
