#pragma once

#include "engine/ahead.hpp"
#include "engine/goal.hpp"
#include "engine/plan.hpp"
#include "engine/team.hpp"
#include "engine/update.hpp"
#include "kernels/elementwise.hpp"
#include "kernels/panel.hpp"
#include "kernels/product.hpp"
#include "kernels/tile.hpp"

// One training step, as each thread of the team goes through it:
//
//   forward, layer by layer   z = x·Wᵀ + b, a = f(z)                      each thread some panels of z, all samples
//   the loss                  L, da, dz of the last layer                 each thread some samples
//   back, layer by layer      da = dz·W, dz of the layer before = da·f′    each thread some panels of da, all samples
//   the update                dW = dzᵀ·x, W ← W − η·dW                     each thread some panels of W
//
// x (N, in) is what a layer takes: the batch, or the a of the layer before; W (out, in); z, a, da, dz (N, out).
//
// with a wait where a thread reads what others wrote. Activations and their derivatives are applied to a panel while it
// is in the cache; without recording dW never goes to memory: the tile that has summed it subtracts it from W.

namespace gradwalk::GRADWALK_LEVEL {

using engine::Layer;
using engine::Plan;
using engine::Trace;

/// One thread of the team in one step.
template <class T, bool kept>
class Step {
 public:
  static constexpr std::size_t P = panel_width<T>;
  /// Of dW = dzᵀ·x: a tile that reads columns takes a cache line for each eight numbers of A, so it leaves less room
  /// for B.
  static constexpr std::size_t column_depth = 144;
  /// Panels of a thread that must read the same columns, and samples, before copying them pays.
  static constexpr std::size_t worth_packing = 4;

  Step(const Plan<T>& plan, Team& team, std::size_t id, const Trace<T>* trace, std::size_t first, std::size_t samples,
       const T* const* x_rows, const T* const* next_x_rows, std::size_t next_samples)
      : plan_(plan),
        team_(team),
        id_(id),
        trace_(trace),
        first_(first),
        N_(samples),
        x_rows_(x_rows),
        next_x_rows_(next_x_rows),
        next_samples_(next_samples),
        panel_(plan.scratch[id]),
        packed_(plan.packed[id]),
        partial_(plan.scratch[id] + block_depth * P) {}

  /// Everything but the last wait. Thread 0 returns the sum of the losses.
  double run() {
    const std::size_t last = plan_.layers - 1;
    if constexpr (kept) keep_weights();
    for (std::size_t l = 0; l < last; ++l) {
      forward(l, share(layer(l).panels, cached_rows(N_, layer(l).in)));
      team_.wait();
    }
    if (layer(last).panels == 1) {
      // Few outputs: a thread takes some samples through the loss and back without waiting for anybody.
      const auto mine = [this](auto visit) { for_share(id_, team_.threads(), 1, N_, N_, visit); };
      forward(last, mine);
      mine([&](std::size_t, Rows rows) {
        loss(rows);
        if (last > 0)
          for (std::size_t strip_number = 0; strip_number < strips(last); ++strip_number)
            backward(last, strip_number, rows);
      });
      team_.wait();
    } else {
      forward(last, share(layer(last).panels, cached_rows(N_, layer(last).in)));
      team_.wait();
      for_share(id_, team_.threads(), 1, N_, N_, [&](std::size_t, Rows rows) { loss(rows); });
      team_.wait();
      if (last > 0) backward(last);
    }
    for (std::size_t l = last; l-- > 1;) backward(l);

    double sum = 0;
    if (id_ == 0)
      for (std::size_t n = 0; n < N_; ++n) sum += plan_.sample_loss[n];
    for (std::size_t l = plan_.layers; l-- > 0;) update(l);
    if constexpr (kept) stream_done();
    return sum;
  }

 private:
  const Layer<T>& layer(std::size_t l) const { return plan_.layer[l]; }
  const Trace<T>& trace(std::size_t l) const { return trace_[l]; }
  std::size_t strips(std::size_t l) const { return (layer(l).in + P - 1) / P; }
  const T* const* inputs(std::size_t l) const { return l == 0 ? x_rows_ : trace(l - 1).a_rows; }
  /// `count` rows in pieces of one length, such that a piece of A with `depth` numbers in each row stays in the second
  /// cache while the panels of B go by.
  static std::size_t cached_rows(std::size_t count, std::size_t depth) {
    constexpr std::size_t most = kernels::cached_bytes / sizeof(T);
    const std::size_t pieces = (count * depth + most - 1) / most;
    const std::size_t rows = (count + pieces - 1) / pieces;
    return (rows + max_tile_rows - 1) / max_tile_rows * max_tile_rows;
  }
  auto share(std::size_t panels, std::size_t block) const {
    return [=, this](auto visit) { for_share(id_, team_.threads(), panels, N_, block, visit); };
  }

  /// Rows × one panel of C = A·B with B in `panel`s by rows of A; the sums end up in `to`. The next block's weights lie
  /// in `runs` runs of `run` numbers each, which begin at `next`.
  void product_by_rows(const T* const* a, Rows rows, std::size_t k0, std::size_t k1, const T* panel, bool first,
                       bool narrow, T* to, std::size_t stride, const T* const* next, std::size_t runs,
                       std::size_t run) {
    AssignAhead<T> assign(next, runs, run * sizeof(T), (rows.to - rows.from) / max_tile_rows, k1 - k0);
    T* const from_row = to + rows.from * stride;
    const T* const partial = first ? nullptr : from_row;
    if (narrow)
      strip<1, Access::by_rows>(a, rows.from, rows.to, k0, k1, panel, partial, from_row, stride, assign);
    else
      strip<2, Access::by_rows>(a, rows.from, rows.to, k0, k1, panel, partial, from_row, stride, assign);
  }

  // z (N, out) = x (N, in)·Wᵀ (in, out) + b, a = f(z). A panel of W is a piece of Wᵀ, P columns wide, as it lies.
  template <class Share>
  void forward(std::size_t l, Share&& of_mine) {
    const Layer<T>& the = layer(l);
    const Trace<T>& to = trace(l);
    of_mine([&](std::size_t p, Rows rows) {
      const std::size_t column = p * P;
      const bool narrow = the.out - column <= lanes<T>;
      for_blocks(the.in, block_depth, 1, [&](std::size_t k0, std::size_t k1) {
        const T* const block = the.W + (p * the.in + k0) * P;
        const T* const next = block + (k1 - k0) * P;  // of this panel, or the first of the one that follows it
        product_by_rows(inputs(l), rows, k0, k1, block, k0 == 0, narrow, to.z + column, to.stride, &next, 1,
                        (k1 - k0) * P);
      });
      const Vector<T> b[2] = {load(the.b + column), load(the.b + column + lanes<T>)};
      with_activation<T>(the.activation, the.slope, [&](auto f) {
        for (std::size_t n = rows.from; n < rows.to; ++n)
          for (std::size_t v = 0; v < (narrow ? 1 : 2); ++v) {
            const std::size_t at = n * to.stride + column + v * lanes<T>;
            const Vector<T> z = load(to.z + at) + b[v];
            if constexpr (kept) store(to.z + at, z);
            store(to.a + at, f(z));
          }
      });
    });
  }

  // L, da and dz of the last layer
  void loss(Rows rows) {
    const std::size_t l = plan_.layers - 1;
    const Layer<T>& the = layer(l);
    const Trace<T>& to = trace(l);
    for (std::size_t n = rows.from; n < rows.to; ++n) {
      const std::size_t sample = plan_.order ? plan_.order[first_ + n] : first_ + n;
      T *a = to.a + n * to.stride, *da = to.da + n * to.stride, *dz = to.dz + n * to.stride;
      if (plan_.softmax) softmax(a, the.out);
      plan_.sample_loss[n] = loss_and_gradient(plan_, the.out, sample, static_cast<T>(N_), a, da);
      if (plan_.softmax)
        softmax_backward(a, da, dz, the.out, plan_.goal == engine::Goal::cross_entropy ? plan_.labels[sample] : -1);
    }
    if (!plan_.softmax) derivative(the, to, 0, the.panels * P, rows);
  }

  // The way back through one layer, for one panel of its inputs:
  //   z = a·Wᵀ + b, a of the layer before:  da (N, in) = dz (N, out)·W (out, in)
  //   a = f(z) in the layer before:         dz (N, in) = da·f′(z), in `derivative`
  // The product wants its B output after output, and panels hold W input after input: a block at a time is transposed.
  void backward(std::size_t l, std::size_t strip_number, Rows rows) {
    const Layer<T>& the = layer(l);
    const Trace<T>& to = trace(l - 1);
    const std::size_t column = strip_number * P, columns = smaller(P, the.in - column);
    for_blocks(the.out, block_depth, P, [&](std::size_t k0, std::size_t k1) {
      for (std::size_t k = k0; k < k1; k += P)
        pack_transposed(the.W + k * the.in + column * P, P, columns, smaller(P, k1 - k), panel_ + (k - k0) * P);
      const T* next[block_depth / P];
      const std::size_t runs = next_block_of_transpose(the, column, k0, k1, next);
      product_by_rows(trace(l).dz_rows, rows, k0, k1, panel_, k0 == 0, columns <= lanes<T>, to.da + column, to.stride,
                      next, runs, P * P);
    });
    derivative(layer(l - 1), to, column, columns, rows);
  }
  /// Where the block of W lies that is transposed after rows k0 … k1 − 1 of this column: further down, or at the top
  /// of the next column. Returns how many runs it has, each P columns of a panel.
  static std::size_t next_block_of_transpose(const Layer<T>& the, std::size_t column, std::size_t k0, std::size_t k1,
                                             const T** runs) {
    const bool below = k1 < the.out;
    const std::size_t from = below ? k1 : 0, to = smaller(from + (k1 - k0), the.out);
    std::size_t count = 0;
    for (std::size_t k = from; k < to; k += P) runs[count++] = the.W + k * the.in + (below ? column : column + P) * P;
    return count;
  }
  void backward(std::size_t l) {
    // All rows at once, although they may not stay in the cache: each piece of Wᵀ is made only once.
    share(strips(l), N_)([&](std::size_t strip_number, Rows rows) { backward(l, strip_number, rows); });
    team_.wait();
  }

  // a = f(z):  dz = da·f′(z), elementwise on (N, columns); f′ is known from a
  void derivative(const Layer<T>& the, const Trace<T>& to, std::size_t column, std::size_t columns, Rows rows) {
    if (the.activation == kernels::Activation::identity && to.da == to.dz) return;
    with_derivative<T>(the.activation, the.slope, [&](auto f) {
      for (std::size_t n = rows.from; n < rows.to; ++n)
        for (std::size_t j = 0; j < columns; j += lanes<T>) {
          const std::size_t at = n * to.stride + column + j;
          store(to.dz + at, load(to.da + at) * f(load(to.a + at)));
        }
    });
  }

  // z[n,j] = Σ_i x[n,i]·W[j,i] + b[j]:  dW[j,i] = Σ_n dz[n,j]·x[n,i],  db[j] = Σ_n dz[n,j]
  // and W ← W − η·dW, b ← b − η·db, or by way of v.
  //
  // Panels hold W input after input, so what a tile sums is a piece of dWᵀ: dWᵀ (in, P) = xᵀ (in, N)·dz (N, P). Its A
  // is x, read by columns, and its B the panel's P columns of dz. Deeper batches than column_depth go in blocks of n:
  // the sums of all but the last lie in partial_, and the tiles of the last hand theirs to `finish`, which changes W
  // (update.hpp).
  void update(std::size_t l) {
    const Layer<T>& the = layer(l);
    const Trace<T>& from = trace(l);
    RowsAhead ahead;
    if (l == 0)
      ahead = RowsAhead(next_x_rows_, next_samples_, the.in * sizeof(T),
                        the.panels * the.in / (team_.threads() * max_tile_rows));
    const std::size_t piece = cached_rows(the.in, N_);
    const bool packs = the.panels >= worth_packing * team_.threads() && N_ >= worth_packing;
    std::size_t packed_from = the.in;  // nothing yet
    for_share(id_, team_.threads(), the.panels, the.in, piece, [&](std::size_t p, Rows rows) {
      const std::size_t offset = p * the.in * P;
      const bool narrow = the.out - p * P <= lanes<T>;
      if (rows.from == 0) update_bias(l, p);
      with_update<kept>(plan_, the, from, [&](auto finish) {
        finish.ahead = &ahead;
        const bool from_packed = packs && rows.from % piece == 0 && rows.to == smaller(rows.from + piece, the.in);
        if (from_packed && packed_from != rows.from) pack_inputs(l, rows), packed_from = rows.from;
        for_blocks(N_, packs ? block_depth : column_depth, 1, [&](std::size_t k0, std::size_t k1) {
          pack_rows(from.dz + k0 * from.stride + p * P, from.stride, P, k1 - k0, panel_);
          const Columns columns{inputs(l), rows, k0, k1, from_packed};
          T* const sums = partial_ + rows.from * P;
          const T* const before = k0 == 0 ? nullptr : sums;
          Assign<T> assign;
          if (k1 < N_)
            sum_columns(columns, before, narrow, sums, assign);
          else
            sum_columns(columns, before, narrow, the.W + offset + rows.from * P, finish);
        });
      });
    });
  }

  /// Samples k0 … k1 − 1 of the inputs `rows` of a layer: where the tiles find aᵀ.
  struct Columns {
    const T* const* a;
    Rows rows;
    std::size_t k0, k1;
    bool packed;
  };

  /// The inputs `rows` of layer l, block after block of samples, in the order of the tiles.
  void pack_inputs(std::size_t l, Rows rows) {
    const std::size_t count = rows.to - rows.from;
    for_blocks(N_, block_depth, 1, [&](std::size_t k0, std::size_t k1) {
      const T* a[block_depth];
      for (std::size_t k = k0; k < k1; ++k) a[k - k0] = inputs(l)[k] + rows.from;
      pack_columns(a, count, k1 - k0, packed_ + k0 * count);
    });
  }

  template <class Finish>
  void sum_columns(const Columns& columns, const T* partial, bool narrow, T* to, Finish& finish) {
    const auto [a, rows, k0, k1, packed] = columns;
    const T* const in_order = packed_ + k0 * (rows.to - rows.from);
    const auto sum = [&]<int Vectors>() {
      if (packed)
        strip<Vectors, Access::packed>(&in_order, 0, rows.to - rows.from, 0, k1 - k0, panel_, partial, to, P, finish);
      else
        strip<Vectors, Access::by_columns>(a + k0, rows.from, rows.to, 0, k1 - k0, panel_, partial, to, P, finish);
    };
    if (narrow)
      sum.template operator()<1>();
    else
      sum.template operator()<2>();
  }

  void update_bias(std::size_t l, std::size_t p) {
    const Layer<T>& the = layer(l);
    const Trace<T>& from = trace(l);
    with_update<false>(plan_, the, from, [&](auto finish) {
      for (std::size_t v = 0; v < 2; ++v) {
        const std::size_t j = p * P + v * lanes<T>;
        Vector<T> db{};
        for (std::size_t n = 0; n < N_; ++n) db += load(from.dz + n * from.stride + j);
        if constexpr (kept) store(from.db + j, db);
        finish.bias(the, j, db);
      }
    });
  }

  // W and b as they are before the update
  void keep_weights() {
    for (std::size_t l = 0; l < plan_.layers; ++l) {
      if (!trace(l).W) continue;
      const Layer<T>& the = layer(l);
      for_share(id_, team_.threads(), the.panels, the.in, the.in, [&](std::size_t p, Rows rows) {
        for (std::size_t at = (p * the.in + rows.from) * P; at < (p * the.in + rows.to) * P; at += lanes<T>)
          stream(trace(l).W + at, load(the.W + at));
        if (rows.from == 0)
          for (std::size_t j = p * P; j < (p + 1) * P; ++j) trace(l).b[j] = the.b[j];
      });
    }
  }

  const Plan<T>& plan_;
  Team& team_;
  const std::size_t id_;
  const Trace<T>* const trace_;
  const std::size_t first_, N_;
  const T* const* const x_rows_;
  const T* const* const next_x_rows_;
  const std::size_t next_samples_;
  T* const panel_;
  T* const packed_;
  T* const partial_;
};

}  // namespace gradwalk::GRADWALK_LEVEL
