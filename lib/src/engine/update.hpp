#pragma once

#include "engine/ahead.hpp"
#include "engine/plan.hpp"
#include "kernels/tile.hpp"
#include "kernels/vector.hpp"

// What becomes of a finished tile of dW.

namespace gradwalk::GRADWALK_LEVEL {

/// Past the caches: for numbers that nobody reads soon. `to` is aligned to a vector.
template <class T>
inline void stream(T* to, Vector<T> v) {
#if defined(__AVX512F__)
  if constexpr (sizeof(T) == 4)
    _mm512_stream_ps(to, (__m512)v);
  else
    _mm512_stream_pd(to, (__m512d)v);
#elif defined(__AVX__)
  if constexpr (sizeof(T) == 4)
    _mm256_stream_ps(to, (__m256)v);
  else
    _mm256_stream_pd(to, (__m256d)v);
#elif defined(__SSE2__)
  if constexpr (sizeof(T) == 4)
    _mm_stream_ps(to, (__m128)v);
  else
    _mm_stream_pd(to, (__m128d)v);
#else
  store(to, v);
#endif
}

/// What was streamed is visible to whoever is told of it after this.
inline void stream_done() {
#if defined(__x86_64__)
  _mm_sfence();
#endif
}

/// With every k of a tile one cache line of W: its own, which it changes at its end, and then those of the tiles below.
template <class T>
Fetch fetch_weights(const T* W, RowsAhead& next_batch) {
  next_batch.next_tile();
  return {W, 64};
}

/// z = x·Wᵀ + b, L(z):  W ← W − η·dW, b ← b − η·db
template <class T, bool kept>
struct Descend {
  T learning_rate;
  std::ptrdiff_t to_dW;  // from an element of W to that of the recorded dW
  RowsAhead* ahead = nullptr;

  static constexpr bool fetches = true;
  Fetch next_tile(const T* W) const { return fetch_weights(W, *ahead); }
  void operator()(T* W, Vector<T> dW) const {
    if constexpr (kept) stream(W + to_dW, dW);
    store(W, load(W) - learning_rate * dW);
  }
  void bias(const engine::Layer<T>& layer, std::size_t j, Vector<T> db) const {
    store(layer.b + j, load(layer.b + j) - learning_rate * db);
  }
};

/// v ← μ·v + dW, W ← W − η·v: momentum (Polyak, 1964; Sutskever and others, 2013), in the scaling of TrainingOptions
/// (gradwalk/nn/train.hpp).
template <class T, bool kept>
struct Roll {
  T learning_rate, momentum;
  std::ptrdiff_t to_dW, to_velocity;
  RowsAhead* ahead = nullptr;

  static constexpr bool fetches = true;
  Fetch next_tile(const T* W) const { return fetch_weights(W, *ahead); }
  void operator()(T* W, Vector<T> dW) const {
    if constexpr (kept) stream(W + to_dW, dW);
    const Vector<T> v = momentum * load(W + to_velocity) + dW;
    store(W + to_velocity, v);
    store(W, load(W) - learning_rate * v);
  }
  void bias(const engine::Layer<T>& layer, std::size_t j, Vector<T> db) const {
    const Vector<T> v = momentum * load(layer.velocity_b + j) + db;
    store(layer.velocity_b + j, v);
    store(layer.b + j, load(layer.b + j) - learning_rate * v);
  }
};

/// Calls visit with the rule of the plan. With `kept`, dW is written to the trace too, where the trace has room for it.
template <bool kept, class T, class Visit>
inline void with_update(const engine::Plan<T>& plan, const engine::Layer<T>& layer, const engine::Trace<T>& trace,
                        Visit visit) {
  const std::ptrdiff_t to_dW = kept && trace.dW ? trace.dW - layer.W : 0;
  const auto with = [&]<bool keep_dW>() {
    if (plan.momentum == T{0}) return visit(Descend<T, keep_dW>{plan.learning_rate, to_dW});
    return visit(Roll<T, keep_dW>{plan.learning_rate, plan.momentum, to_dW, layer.velocity_W - layer.W});
  };
  if constexpr (kept) {
    if (trace.dW) return with.template operator()<true>();
  }
  with.template operator()<false>();
}

}  // namespace gradwalk::GRADWALK_LEVEL
