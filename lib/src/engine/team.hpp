#pragma once

#include <sched.h>

#if defined(__linux__)
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

#include <climits>
#include <cstddef>

#include "kernels/panel.hpp"

namespace gradwalk::GRADWALK_LEVEL {

/// Keeps the calling thread on one core while it lives, when the team has a thread for every core that the process may
/// use. The system likes to put two threads that wait for each other on one core, for tens of milliseconds, and to
/// leave the other idle.
class Seat {
 public:
#if defined(__linux__)
  Seat(std::size_t id, std::size_t threads) {
    if (threads == 1 || sched_getaffinity(0, sizeof before_, &before_) != 0) return;
    if (static_cast<std::size_t>(CPU_COUNT(&before_)) != threads) return;
    int cpu = -1;
    for (std::size_t found = 0; found <= id; ++found) do
        ++cpu;
      while (!CPU_ISSET(cpu, &before_));
    cpu_set_t mine;
    CPU_ZERO(&mine);
    CPU_SET(cpu, &mine);
    taken_ = sched_setaffinity(0, sizeof mine, &mine) == 0;
  }
  ~Seat() {
    if (taken_) sched_setaffinity(0, sizeof before_, &before_);
  }

 private:
  cpu_set_t before_;
  bool taken_ = false;
#else
  Seat(std::size_t, std::size_t) {}
#endif
  Seat(const Seat&) = delete;
  Seat& operator=(const Seat&) = delete;
};

/// Half-open range of row numbers of one panel.
struct Rows {
  std::size_t from, to;
};

/// A few threads that go through an epoch together. A parallel region for every product would cost a small net more
/// than the arithmetic does; here each thread knows its share of everything and they only wait for each other.
class Team {
 public:
  void set_threads(std::size_t threads) { threads_ = threads; }

  /// Returns when all have called it; what any wrote before, all see after.
  void wait() {
    if (threads_ == 1) return;
    const unsigned round = __atomic_load_n(&round_, __ATOMIC_RELAXED);
    if (__atomic_add_fetch(&arrived_, 1, __ATOMIC_ACQ_REL) == threads_) {
      __atomic_store_n(&arrived_, 0, __ATOMIC_RELAXED);
      __atomic_store_n(&round_, round + 1, __ATOMIC_SEQ_CST);
      if (__atomic_load_n(&sleeping_, __ATOMIC_SEQ_CST) > 0) wake();
      return;
    }
    // Long enough for a wait among cores. A longer one means that the system has taken a core from one of us: who
    // sleeps then gets the core back the moment it is woken, and who spins or yields waits for the other work's turn
    // to end, at every wait anew.
    for (int spins = 0; spins < 10'000; ++spins) {
      if (__atomic_load_n(&round_, __ATOMIC_ACQUIRE) != round) return;
#if defined(__x86_64__)
      __builtin_ia32_pause();
#endif
    }
    __atomic_add_fetch(&sleeping_, 1, __ATOMIC_SEQ_CST);
    while (__atomic_load_n(&round_, __ATOMIC_SEQ_CST) == round) sleep(round);
    __atomic_sub_fetch(&sleeping_, 1, __ATOMIC_SEQ_CST);
  }

  std::size_t threads() const { return threads_; }

 private:
#if defined(__linux__)
  void sleep(unsigned round) { syscall(SYS_futex, &round_, FUTEX_WAIT_PRIVATE, round, nullptr, nullptr, 0); }
  void wake() { syscall(SYS_futex, &round_, FUTEX_WAKE_PRIVATE, INT_MAX, nullptr, nullptr, 0); }
#else
  void sleep(unsigned) { sched_yield(); }
  void wake() {}
#endif

  std::size_t threads_ = 1;
  alignas(128) std::size_t arrived_ = 0;
  alignas(128) unsigned round_ = 0;
  unsigned sleeping_ = 0;
};

/// Deals panels × rows of work out to `threads`, a contiguous piece for each, the same in every step, and calls
/// visit(panel, rows) for the pieces of panels that are thread `id`'s: first for all panels in rows 0 … block − 1, then
/// in the next `block` rows, so that what belongs to these rows stays in the cache.
template <class Visit>
inline void for_share(std::size_t id, std::size_t threads, std::size_t panels, std::size_t rows, std::size_t block,
                      Visit visit) {
  const std::size_t from = panels * rows * id / threads, to = panels * rows * (id + 1) / threads;
  for (std::size_t begin = 0; begin < rows; begin += block) {
    const std::size_t end = smaller(begin + block, rows);
    for (std::size_t panel = from / rows; panel * rows < to; ++panel) {
      const std::size_t first = from > panel * rows + begin ? from - panel * rows : begin;
      const std::size_t last = to < panel * rows + end ? to - panel * rows : end;
      if (first < last) visit(panel, Rows{first, last});
    }
  }
}

}  // namespace gradwalk::GRADWALK_LEVEL
