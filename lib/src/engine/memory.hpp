#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace gradwalk::engine {

/// Zeroed memory for the buffers of a training, taken piece by piece and given back all at once. It is in pages of 2
/// MiB where the system has them: with 4 KiB pages the walks through the page tables cost more than the loads. Each
/// piece starts at a cache line.
class Memory {
 public:
  template <class T>
  T* take(std::size_t count) {
    return static_cast<T*>(take_bytes(count * sizeof(T)));
  }

 private:
  void* take_bytes(std::size_t bytes);

  struct Free {
    void operator()(void* block) const;
  };
  std::vector<std::unique_ptr<void, Free>> blocks_;
  std::byte* next_ = nullptr;
  std::size_t left_ = 0;
};

/// Asks the system to put what is there already into pages of 2 MiB too: the rows of a data set in shuffled order are a
/// page each. Nothing happens where it cannot.
void use_huge_pages(const void* begin, std::size_t bytes);

/// Distance between the rows of a buffer for `count` numbers of `size` bytes: whole cache lines, and never a multiple
/// of 4 KiB, at which all rows would fall into the same few places of the cache.
std::size_t row_stride(std::size_t count, std::size_t size);

}  // namespace gradwalk::engine
