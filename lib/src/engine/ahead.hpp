#pragma once

#include "kernels/tile.hpp"

// What is asked for ahead of its use, because it lies further away than the second-level cache.

namespace gradwalk::GRADWALK_LEVEL {

/// Asks for the rows of x of the next batch while the arithmetic of this one goes on: a few cache lines with every
/// tile. Rows in a shuffled order are what no hardware prefetcher foresees.
class RowsAhead {
 public:
  RowsAhead() = default;
  template <class T>
  RowsAhead(const T* const* rows, std::size_t count, std::size_t row_bytes, std::size_t tiles)
      : rows_(reinterpret_cast<const char* const*>(rows)),
        count_(count),
        row_bytes_(row_bytes),
        bytes_per_tile_((count * row_bytes / (tiles + 1) / line + 1) * line) {}

  void next_tile() {
    for (std::size_t done = 0; done < bytes_per_tile_ && row_ < count_; done += line) {
      __builtin_prefetch(rows_[row_] + byte_, 0, 2);
      byte_ += line;
      if (byte_ >= row_bytes_) byte_ = 0, ++row_;
    }
  }

 private:
  static constexpr std::size_t line = 64;
  const char* const* rows_ = nullptr;
  std::size_t count_ = 0, row_bytes_ = 0, bytes_per_tile_ = 0;
  std::size_t row_ = 0, byte_ = 0;
};

/// The weights of the next block of a product, in `count` runs of contiguous memory: each tile of this block asks for
/// its share of a run, a few bytes with every k. Its finished sums go to memory as they are.
template <class T>
class AssignAhead {
 public:
  static constexpr bool fetches = true;

  /// `tiles` tiles of `depth` steps of k are to come.
  AssignAhead(const T* const* runs, std::size_t count, std::size_t run_bytes, std::size_t tiles, std::size_t depth)
      : runs_(runs), count_(count), run_bytes_(run_bytes) {
    const std::size_t tiles_of_run = tiles > count ? tiles / count : 1;
    tile_bytes_ = (run_bytes + tiles_of_run - 1) / tiles_of_run;
    step_ = (tile_bytes_ + depth - 1) / depth;
  }

  Fetch next_tile(const T* to) {
    if (run_ == count_) return {to, 0};
    const char* at = reinterpret_cast<const char*>(runs_[run_]) + byte_;
    byte_ += tile_bytes_;
    if (byte_ >= run_bytes_) byte_ = 0, ++run_;
    return {at, step_};
  }
  void operator()(T* to, Vector<T> sum) const { store(to, sum); }

 private:
  const T* const* runs_;
  std::size_t count_, run_bytes_, tile_bytes_, step_;
  std::size_t run_ = 0, byte_ = 0;
};

}  // namespace gradwalk::GRADWALK_LEVEL
