#pragma once

#include "kernels/vector.hpp"

// C = A·B, the loop that nearly all the time of a training goes to, from the plain loop nest to the fast one.
//
//   for i: for j: for k:  C[i,j] += A[i,k]·B[k,j]                                                    (plain.cpp)
//
// 1. A core can start two fused multiply-adds in each cycle, each on a whole vector (16 floats with AVX-512), but each
//    waits four cycles for the one before it in the same sum. So at least eight sums have to be under way at any time.
// 2. The plain nest loads two vectors and stores one for each multiply-add; the core loads two in a cycle and stores
//    one. So the sums must stay in registers while k runs, and every number that is loaded must be used for several of
//    them.
//
// Both together give the *tile*: R rows × 2 vectors of C in registers. One step of k loads 2 vectors of B and R numbers
// of A, and does 2·R multiply-adds: for R = 8 that is 10 loads for 16 multiply-adds, so the loads have slack and the
// multipliers have none.
//
// 3. One step of k should touch as few cache lines as it can. So B is laid out in *panels*: 2 vectors wide, row k after
//    row k − 1. A block of at most `block_depth` = 288 rows of a panel (36 KiB with AVX-512, 18 KiB with AVX2) stays in
//    the first-level cache, or just behind it, while the tile walks down the rows of A. (`block_rows`, in product.hpp,
//    is not of B: so many rows of C one thread takes at a time.)
// 4. A is read as it lies in memory, one number at a time, by rows (x·Wᵀ, dz·W) or by columns (dzᵀ·x): nothing has to
//    be transposed. But by columns each step of k is in another row, a cache line for every few numbers, where no
//    hardware prefetcher follows. Where A meets many panels, its columns are copied once into the order in which the
//    tiles read them.
// 5. What the next block or tile needs is still far away, in the third-level cache or in memory. Each step of k asks
//    for a few bytes of it, so that it is near when its turn comes; asked for all at once, it would keep the tile's own
//    loads waiting. On a wide net this is 7 % of the whole step.
//
// Each element of C is summed in the order k = 0, 1, 2, … by one thread, whatever the tile, the block and the number of
// threads are. So none of the three can change a bit of the result, and all builds that have fused multiply-add give
// the same bits. (Goto and van de Geijn: Anatomy of high-performance matrix multiplication, 2008, is the classic text;
// its packing of A pays for matrices larger than ours.)

namespace gradwalk::GRADWALK_LEVEL {

/// Steps of k in one turn of the loop: its counting takes a tenth of what a core can start in a cycle, which is felt
/// where two threads share a core. With four, GCC 12 mixes the steps and runs out of registers.
inline constexpr std::size_t unrolled = 2;

/// How A[i,k] is found from the row pointers `a`.
enum class Access {
  by_rows,     // A[i,k] = a[i][k]
  by_columns,  // A[i,k] = a[k][i]: A is the transpose of what lies in memory
  packed,      // as pack_columns (below) leaves it, from a[0] on: tile after tile, and in each k after k
};

/// What a tile asks for ahead of its use: from `at` on, `step` bytes further with every k.
struct Fetch {
  const void* at;
  std::size_t step;
};

/// A sum that is finished goes to memory as it is.
template <class T>
struct Assign {
  static constexpr bool fetches = false;
  Fetch next_tile(const T*) { return {}; }
  void operator()(T* to, Vector<T> sum) const { store(to, sum); }
};

/// Rows i … i + R − 1 of C against one panel of B: adds A[i+r,k]·B[k,:] for k0 ≤ k < k1, in that order, onto `partial`
/// (or onto 0 when it is null) and hands the sums to `finish`. Row r of both is r·stride further on. `panel` is row k0
/// of B. GCC 12 keeps `sum` in registers only as long as nothing takes the address of an element, every index is a
/// constant after unrolling, and the whole is inlined into an outer loop; perf shows stores to the stack in the loop
/// when that breaks.
template <int R, int Vectors, Access access, class T, class Finish>
[[gnu::always_inline]] inline void tile(const T* const* a, std::size_t i, std::size_t k0, std::size_t k1,
                                        const T* panel, const T* partial, T* to, std::size_t stride, Finish& finish) {
  [[maybe_unused]] const Fetch fetch = finish.next_tile(to);
  [[maybe_unused]] const char* ahead = static_cast<const char*>(fetch.at);
  Vector<T> sum[R][Vectors];
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r)
#pragma GCC unroll 2
    for (int v = 0; v < Vectors; ++v) sum[r][v] = partial ? load(partial + r * stride + v * lanes<T>) : Vector<T>{};

  const T* row[R];
  if constexpr (access == Access::by_rows)
    for (int r = 0; r < R; ++r) row[r] = a[i + r];
  const T* column = access == Access::packed ? a[0] + i * (k1 - k0) : nullptr;

  std::size_t k = k0;
  const auto step = [&]() __attribute__((always_inline)) {
    const Vector<T> b0 = load(panel), b1 = load(panel + (Vectors - 1) * lanes<T>);
    if constexpr (access == Access::by_columns) column = a[k] + i;
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r) {
      const Vector<T> ark = splat(access == Access::by_rows ? row[r][k] : column[r]);
      sum[r][0] = multiply_add<T>(ark, b0, sum[r][0]);
      if constexpr (Vectors == 2) sum[r][1] = multiply_add<T>(ark, b1, sum[r][1]);
    }
    panel += panel_width<T>;
    if constexpr (access == Access::packed) column += R;
    ++k;
  };
#pragma GCC unroll 1
  while (k + unrolled <= k1) {
    if constexpr (Finish::fetches) {
      __builtin_prefetch(ahead);
      ahead += unrolled * fetch.step;
    }
#pragma GCC unroll 2
    for (std::size_t u = 0; u < unrolled; ++u) step();
  }
#pragma GCC unroll 1
  while (k < k1) step();

#pragma GCC unroll 8
  for (int r = 0; r < R; ++r)
#pragma GCC unroll 2
    for (int v = 0; v < Vectors; ++v) finish(to + r * stride + v * lanes<T>, sum[r][v]);
}

/// `count` tiles of R rows, one below the other, from row i on.
template <int R, int Vectors, Access access, class T, class Finish>
[[gnu::noinline]] void tiles(std::size_t count, const T* const* a, std::size_t i, std::size_t k0, std::size_t k1,
                             const T* panel, const T* partial, T* to, std::size_t stride, Finish& finish) {
  for (std::size_t t = 0; t < count; ++t) {
    tile<R, Vectors, access>(a, i, k0, k1, panel, partial, to, stride, finish);
    i += R;
    if (partial) partial += R * stride;
    to += R * stride;
  }
}

/// How many tiles `rows` rows are, and how many rows are in each. They are dealt evenly: 10 rows are 5 and 5, not 8 and
/// 2, because a tile of two rows takes as long as one of four (point 1 above).
struct Deal {
  explicit Deal(std::size_t rows)
      : count((rows + max_tile_rows - 1) / max_tile_rows), low(rows / count), higher(rows % count) {}

  std::size_t count, low;
  std::size_t higher;  // the first of them have one row more
};

/// One tile of `rows` ≤ R rows: a row number that is known to the compiler makes the copy a few moves of vectors.
template <int R, class T>
T* pack_tile(const T* const* a, std::size_t i, std::size_t rows, std::size_t depth, T* to) {
  if constexpr (R > 1)
    if (rows < R) return pack_tile<R - 1>(a, i, rows, depth, to);
  for (std::size_t k = 0; k < depth; ++k, to += R) __builtin_memcpy(to, a[k] + i, R * sizeof(T));
  return to;
}

/// The columns of `rows` rows of A, A[i,k] = a[k][i], in the order in which strip<…, Access::packed> reads them.
/// `to` takes rows · depth numbers.
template <class T>
void pack_columns(const T* const* a, std::size_t rows, std::size_t depth, T* to) {
  const Deal deal(rows);
  for (std::size_t t = 0, i = 0; t < deal.count; ++t) {
    const std::size_t R = deal.low + (t < deal.higher ? 1 : 0);
    to = pack_tile<max_tile_rows>(a, i, R, depth, to);
    i += R;
  }
}

/// Rows i0 … i1 − 1 of C against one panel.
template <int Vectors, Access access, class T, class Finish>
void strip(const T* const* a, std::size_t i0, std::size_t i1, std::size_t k0, std::size_t k1, const T* panel,
           const T* partial, T* to, std::size_t stride, Finish& finish) {
  using Tiles = void (*)(std::size_t, const T* const*, std::size_t, std::size_t, std::size_t, const T*, const T*, T*,
                         std::size_t, Finish&);
  static constexpr Tiles of_rows[] = {
    nullptr,
    tiles<1, Vectors, access, T, Finish>,
    tiles<2, Vectors, access, T, Finish>,
    tiles<3, Vectors, access, T, Finish>,
    tiles<4, Vectors, access, T, Finish>,
    tiles<5, Vectors, access, T, Finish>,
    tiles<6, Vectors, access, T, Finish>,
#if defined(__AVX512F__)
    tiles<7, Vectors, access, T, Finish>,
    tiles<8, Vectors, access, T, Finish>,
#endif
  };
  const std::size_t rows = i1 - i0;
  if (rows == 0) return;
  const Deal deal(rows);
  if (deal.higher > 0) of_rows[deal.low + 1](deal.higher, a, i0, k0, k1, panel, partial, to, stride, finish);
  const std::size_t done = deal.higher * (deal.low + 1);
  of_rows[deal.low](deal.count - deal.higher, a, i0 + done, k0, k1, panel, partial ? partial + done * stride : nullptr,
                    to + done * stride, stride, finish);
}

}  // namespace gradwalk::GRADWALK_LEVEL
