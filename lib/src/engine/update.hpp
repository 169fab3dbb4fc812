#pragma once

#include "engine/plan.hpp"
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

/// Asks for the rows of x of the next batch while the arithmetic of this one goes on: a few cache lines with every
/// tile. Rows in a shuffled order are what no hardware prefetcher foresees.
class Prefetch {
 public:
  Prefetch() = default;
  template <class T>
  Prefetch(const T* const* rows, std::size_t count, std::size_t row_bytes, std::size_t tiles)
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

/// W −= η·dW
template <class T, bool kept>
struct Descend {
  T learning_rate;
  std::ptrdiff_t to_dW;  // from an element of W to that of the recorded dW
  Prefetch* ahead = nullptr;

  void next_tile(const T* W) {
    for (int r = 0; r < 2 * max_tile_rows; ++r) __builtin_prefetch(W + r * lanes<T>, 1);
    ahead->next_tile();
  }
  void operator()(T* W, Vector<T> dW) const {
    if constexpr (kept) stream(W + to_dW, dW);
    store(W, load(W) - learning_rate * dW);
  }
  void bias(const engine::Layer<T>& layer, std::size_t j, Vector<T> db) const {
    store(layer.b + j, load(layer.b + j) - learning_rate * db);
  }
};

/// v = μ·v + dW, W −= η·v (Polyak's heavy ball, as PyTorch writes it)
template <class T, bool kept>
struct Roll {
  T learning_rate, momentum;
  std::ptrdiff_t to_dW, to_velocity;
  Prefetch* ahead = nullptr;

  void next_tile(const T* W) {
    for (int r = 0; r < 2 * max_tile_rows; ++r) __builtin_prefetch(W + r * lanes<T>, 1);
    ahead->next_tile();
  }
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
