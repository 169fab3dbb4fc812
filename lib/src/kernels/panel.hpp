#pragma once

#include <utility>

#include "kernels/levels.hpp"
#include "kernels/vector.hpp"

// B as the tile wants it: `panel_width` columns side by side, one row of them for each k, and zeros in columns that B
// does not have.

namespace gradwalk::GRADWALK_LEVEL {

inline std::size_t smaller(std::size_t a, std::size_t b) { return a < b ? a : b; }

/// Calls visit(k0, k1) for pieces of 0 … k − 1 that are at most `most` long, equally long but for the last, and a
/// multiple of `multiple`; once with an empty one when k is 0.
template <class Visit>
inline void for_blocks(std::size_t k, std::size_t most, std::size_t multiple, Visit visit) {
  const std::size_t count = k == 0 ? 1 : (k + most - 1) / most;
  const std::size_t depth = ((k + count - 1) / count + multiple - 1) / multiple * multiple;
  for (std::size_t k0 = 0; k0 < k || k0 == 0; k0 += depth) {
    visit(k0, smaller(k0 + depth, k));
    if (depth == 0) return;
  }
}

/// Lane j of the result is lane j of `low` if bit `step` of j is 0, and lane j − step of `high` if not: the first half
/// of a swap of two blocks across the diagonal of [low; high]; `upper` is the other half.
template <std::size_t step, class T, std::size_t... j>
inline Vector<T> lower(Vector<T> low, Vector<T> high, std::index_sequence<j...>) {
  return __builtin_shufflevector(low, high, ((j & step) == 0 ? j : j - step + sizeof...(j))...);
}
template <std::size_t step, class T, std::size_t... j>
inline Vector<T> upper(Vector<T> low, Vector<T> high, std::index_sequence<j...>) {
  return __builtin_shufflevector(low, high, ((j & step) == 0 ? j + step : j + sizeof...(j))...);
}

/// Transposes a square of vectors in registers: swaps halves across the diagonal, then quarters of the halves, and so
/// on (Eklundh: A fast computer method for matrix transposing, 1972).
template <std::size_t step, class T>
[[gnu::always_inline]] inline void transpose(Vector<T> (&rows)[lanes<T>]) {
  if constexpr (step > 0) {
    constexpr std::make_index_sequence<lanes<T>> all{};
#pragma GCC unroll 16
    for (std::size_t i = 0; i < lanes<T>; ++i) {
      if ((i & step) != 0) continue;
      const Vector<T> low = rows[i], high = rows[i + step];
      rows[i] = lower<step, T>(low, high, all);
      rows[i + step] = upper<step, T>(low, high, all);
    }
    transpose<step / 2, T>(rows);
  }
}

/// to[k, j] = from[j, k] for j < rows and k < columns; rows of `from` and of `to` are their strides apart.
template <class T>
void transpose(const T* from, std::size_t from_stride, std::size_t rows, std::size_t columns, T* to,
               std::size_t to_stride) {
  constexpr std::size_t L = lanes<T>;
  for (std::size_t j0 = 0; j0 < rows; j0 += L)
    for (std::size_t k0 = 0; k0 < columns; k0 += L) {
      if (j0 + L <= rows && k0 + L <= columns) {
        Vector<T> square[L];
#pragma GCC unroll 16
        for (std::size_t j = 0; j < L; ++j) square[j] = load(from + (j0 + j) * from_stride + k0);
        transpose<L / 2, T>(square);
#pragma GCC unroll 16
        for (std::size_t k = 0; k < L; ++k) store(to + (k0 + k) * to_stride + j0, square[k]);
      } else {
        for (std::size_t k = k0; k < columns && k < k0 + L; ++k)
          for (std::size_t j = j0; j < rows && j < j0 + L; ++j) to[k * to_stride + j] = from[j * from_stride + k];
      }
    }
}

/// panel[k, j] = from[j, k] for j < columns (else 0) and k < depth; row j of `from` is j·stride further on.
template <class T>
void pack_transposed(const T* from, std::size_t stride, std::size_t columns, std::size_t depth, T* panel) {
  transpose(from, stride, columns, depth, panel, panel_width<T>);
  for (std::size_t k = 0; k < depth && columns < panel_width<T>; ++k)
    for (std::size_t j = columns; j < panel_width<T>; ++j) panel[k * panel_width<T> + j] = T{0};
}

/// panel[k, j] = from[k, j] for j < columns (else 0) and k < depth; row k of `from` is k·stride further on.
template <class T>
void pack_rows(const T* from, std::size_t stride, std::size_t columns, std::size_t depth, T* panel) {
  constexpr std::size_t L = lanes<T>, P = panel_width<T>;
  for (std::size_t k = 0; k < depth; ++k, from += stride, panel += P) {
    if (columns >= P) {
      store(panel, load(from));
      store(panel + L, load(from + L));
    } else {
      for (std::size_t j = 0; j < P; ++j) panel[j] = j < columns ? from[j] : T{0};
    }
  }
}

/// W (out, in), stored row by row, into panels of outputs, and out of them.
template <class T>
void to_panels(const T* W, std::size_t out, std::size_t in, T* panels) {
  for (std::size_t j = 0; j < out; j += panel_width<T>)
    pack_transposed(W + j * in, in, smaller(panel_width<T>, out - j), in, panels + j * in);
}
template <class T>
void from_panels(const T* panels, std::size_t out, std::size_t in, T* W) {
  for (std::size_t j = 0; j < out; j += panel_width<T>)
    transpose(panels + j * in, panel_width<T>, in, smaller(panel_width<T>, out - j), W + j * in, in);
}

}  // namespace gradwalk::GRADWALK_LEVEL
