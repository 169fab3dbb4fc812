#include "engine/memory.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace gradwalk::engine {

namespace {

constexpr std::size_t line = 64, page = 4096, huge_page = std::size_t{2} << 20;

std::size_t round_up(std::size_t bytes, std::size_t to) { return (bytes + to - 1) / to * to; }

}  // namespace

void Memory::Free::operator()(void* block) const { std::free(block); }

void* Memory::take_bytes(std::size_t bytes) {
  bytes = round_up(std::max<std::size_t>(bytes, 1), line);
  if (bytes > left_) {
    const std::size_t size = round_up(bytes, huge_page);
    void* block = std::aligned_alloc(huge_page, size);
    if (!block) throw std::bad_alloc();
    blocks_.emplace_back(block);
#if defined(__linux__)
    madvise(block, size, MADV_HUGEPAGE);
#endif
    std::memset(block, 0,
                size);  // now, not in the first step: the system's zeroing of a page is what a step would wait for
    next_ = static_cast<std::byte*>(block);
    left_ = size;
  }
  void* piece = next_;
  next_ += bytes;
  left_ -= bytes;
  return piece;
}

void use_huge_pages(const void* begin, std::size_t bytes) {
#if defined(__linux__)
  constexpr int collapse = 25;  // MADV_COLLAPSE, of Linux 6.1; Debian 12 has the kernel but not yet the name
  const std::size_t address = reinterpret_cast<std::size_t>(begin);
  const std::size_t from = round_up(address, huge_page), to = (address + bytes) / huge_page * huge_page;
  if (from >= to) return;
  madvise(reinterpret_cast<void*>(from), to - from, MADV_HUGEPAGE);
  madvise(reinterpret_cast<void*>(from), to - from, collapse);
#else
  (void)begin, (void)bytes;
#endif
}

std::size_t row_stride(std::size_t count, std::size_t size) {
  const std::size_t bytes = round_up(count * size, line);
  return (bytes % page == 0 ? bytes + line : bytes) / size;
}

}  // namespace gradwalk::engine
