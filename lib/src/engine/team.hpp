#pragma once

#include <sched.h>

#include <cstddef>

#include "kernels/vector.hpp"

namespace gradwalk::GRADWALK_LEVEL {

/// Half-open range of row numbers of one panel.
struct Rows {
  std::size_t from, to;
};

/// A few threads that go through an epoch together. A parallel region for every product would cost a small net more than the
/// arithmetic does; here each thread knows its share of everything and they only wait for each other.
class Team {
 public:
  void set_threads(std::size_t threads) { threads_ = threads; }

  /// Returns when all have called it; what any wrote before, all see after.
  void wait() {
    if (threads_ == 1) return;
    const unsigned round = __atomic_load_n(&round_, __ATOMIC_RELAXED);
    if (__atomic_add_fetch(&arrived_, 1, __ATOMIC_ACQ_REL) == threads_) {
      __atomic_store_n(&arrived_, 0, __ATOMIC_RELAXED);
      __atomic_store_n(&round_, round + 1, __ATOMIC_RELEASE);
      return;
    }
    // Long enough for a wait among cores; when threads have to share a core, spinning on would only keep the others from work.
    for (int spins = 0; __atomic_load_n(&round_, __ATOMIC_ACQUIRE) == round; ++spins) {
      if (spins < 2000) {
#if defined(__x86_64__)
        __builtin_ia32_pause();
#endif
      } else {
        sched_yield();
      }
    }
  }

  std::size_t threads() const { return threads_; }

 private:
  std::size_t threads_ = 1;
  alignas(128) std::size_t arrived_ = 0;
  alignas(128) unsigned round_ = 0;
};

/// Deals panels × rows of work out to `threads`, a contiguous piece for each, the same in every step, and calls
/// visit(panel, rows) for the pieces of panels that are thread `id`'s.
template <class Visit>
inline void for_share(std::size_t id, std::size_t threads, std::size_t panels, std::size_t rows, Visit visit) {
  const std::size_t from = panels * rows * id / threads, to = panels * rows * (id + 1) / threads;
  for (std::size_t at = from; at < to;) {
    const std::size_t panel = at / rows, end = (panel + 1) * rows < to ? (panel + 1) * rows : to;
    visit(panel, Rows{at - panel * rows, end - panel * rows});
    at = end;
  }
}

}  // namespace gradwalk::GRADWALK_LEVEL
