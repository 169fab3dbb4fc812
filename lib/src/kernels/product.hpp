#pragma once

#include "kernels/levels.hpp"
#include "kernels/panel.hpp"
#include "kernels/tile.hpp"

// A whole product C (m, n) = A (m, k) · B (k, n) + bias (n), made of the tiles of tile.hpp. C is cut into pieces of
// block_rows × panel_width, dealt out to the threads. For each piece, and for one block of k after the other:
//
//   1. The block of B, at most block_depth rows of one panel's columns, is copied into a panel (panel.hpp).
//   2. The tile walks down the rows of A and adds its products onto what the blocks of k before this one left in C.
//   3. The last panel may be wider than what is left of C: its sums go to `edge` and from there to C. The bias is added
//      last, so that every element is summed over k in one order.

namespace gradwalk::GRADWALK_LEVEL {

using kernels::block_depth;
inline constexpr std::size_t block_rows = 256;  // of C at a time

/// One block of rows of C and one panel of its columns: all k, a block at a time.
template <class T>
void product_block(const kernels::Product<T>& p, std::size_t i0, std::size_t j0) {
  constexpr std::size_t P = panel_width<T>;
  const std::size_t rows = smaller(block_rows, p.m - i0), columns = smaller(P, p.n - j0);
  alignas(64) T panel[block_depth * P];
  alignas(64) T edge[block_rows * P];  // stands in for C where the panel is wider than what is left of C
  const T* a[block_rows > block_depth ? block_rows : block_depth];

  const bool inside = columns == P;
  T* const to = inside ? p.C + i0 * p.stride_C + j0 : edge;
  const std::size_t stride = inside ? p.stride_C : P;
  Assign<T> assign;

  for_blocks(p.k, block_depth, 1, [&](std::size_t k0, std::size_t k1) {
    // 1. A block of B into a panel.
    const std::size_t depth = k1 - k0;
    if (p.order_B == kernels::Order::transposed)
      pack_transposed(p.B + j0 * p.stride_B + k0, p.stride_B, columns, depth, panel);
    else
      pack_rows(p.B + k0 * p.stride_B + j0, p.stride_B, columns, depth, panel);

    // 2. The tile down A, onto what earlier blocks left.
    const T* const partial = k0 == 0 ? nullptr : to;
    if (p.order_A == kernels::Order::as_is) {
      for (std::size_t i = 0; i < rows; ++i) a[i] = p.A + (i0 + i) * p.stride_A + k0;
      if (columns > lanes<T>)
        strip<2, Access::by_rows>(a, 0, rows, 0, depth, panel, partial, to, stride, assign);
      else
        strip<1, Access::by_rows>(a, 0, rows, 0, depth, panel, partial, to, stride, assign);
    } else {
      for (std::size_t k = 0; k < depth; ++k) a[k] = p.A + (k0 + k) * p.stride_A + i0;
      if (columns > lanes<T>)
        strip<2, Access::by_columns>(a, 0, rows, 0, depth, panel, partial, to, stride, assign);
      else
        strip<1, Access::by_columns>(a, 0, rows, 0, depth, panel, partial, to, stride, assign);
    }
  });

  // 3. From the edge into C; the bias last.
  if (inside && !p.bias) return;
  for (std::size_t i = 0; i < rows; ++i) {
    T* const c = p.C + (i0 + i) * p.stride_C + j0;
    for (std::size_t j = 0; j < columns; ++j) c[j] = p.bias ? to[i * stride + j] + p.bias[j0 + j] : to[i * stride + j];
  }
}

template <class T>
void product(const kernels::Product<T>& p) {
  const std::size_t panels = (p.n + panel_width<T> - 1) / panel_width<T>;
  const std::size_t blocks = (p.m + block_rows - 1) / block_rows;
  // A fork and join costs about what 100 000 multiply-adds do.
#pragma omp parallel for schedule(static) if (p.m * p.n * p.k > 200'000 && panels * blocks > 1)
  for (std::size_t task = 0; task < panels * blocks; ++task)
    product_block(p, task % blocks * block_rows, task / blocks * panel_width<T>);
}

}  // namespace gradwalk::GRADWALK_LEVEL
