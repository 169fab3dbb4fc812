#pragma once

#include <cstddef>
#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__ARM_NEON) && defined(__aarch64__)
#include <arm_neon.h>
#endif

// The vector register of one build. This header is compiled once for every level of the instruction set (level.cpp),
// each time in a namespace of its own: GRADWALK_LEVEL is x86_64_v2, x86_64_v3, x86_64_v4 or portable.
//
// `Vector<T>` is an array of numbers that + − · / > ?: work on element by element: the compiler's vector extension, so
// that the code below is the same for every machine. Nothing here may call an inline function of the standard library:
// the linker keeps one copy of such a function for the whole program, and it might keep the one with AVX-512 inside.

namespace gradwalk::GRADWALK_LEVEL {

#if defined(__AVX512F__)
inline constexpr std::size_t vector_bytes = 64;
inline constexpr int max_tile_rows = 8;  // 8 × 2 sums, 2 vectors of B and 1 of A in 32 registers
#elif defined(__AVX__)
inline constexpr std::size_t vector_bytes = 32;
inline constexpr int max_tile_rows = 6;  // 6 × 2 sums, 2 vectors of B and 1 of A: 15 of 16 registers
#else
inline constexpr std::size_t vector_bytes = 16;
inline constexpr int max_tile_rows = 6;
#endif

template <class T>
struct VectorOf;
template <>
struct VectorOf<float> {
  using type [[gnu::vector_size(vector_bytes)]] = float;
  using unaligned [[gnu::vector_size(vector_bytes), gnu::aligned(alignof(float)), gnu::may_alias]] = float;
};
template <>
struct VectorOf<double> {
  using type [[gnu::vector_size(vector_bytes)]] = double;
  using unaligned [[gnu::vector_size(vector_bytes), gnu::aligned(alignof(double)), gnu::may_alias]] = double;
};
template <class T>
using Vector = typename VectorOf<T>::type;

template <class T>
inline constexpr std::size_t lanes = vector_bytes / sizeof(T);

/// A panel is two vectors wide: the columns of the tile.
template <class T>
inline constexpr std::size_t panel_width = 2 * lanes<T>;

/// From and to any address.
template <class T>
inline Vector<T> load(const T* from) {
  return *reinterpret_cast<const typename VectorOf<T>::unaligned*>(from);
}
template <class T>
inline void store(T* to, Vector<T> v) {
  *reinterpret_cast<typename VectorOf<T>::unaligned*>(to) = v;
}

/// x in every lane. Written as a subtraction because x − 0 is x for every x, which 0 + x is not (−0): the compiler
/// drops it.
template <class T>
inline Vector<T> splat(T x) {
  return x - Vector<T>{};
}

/// a·b + c, rounded once where the machine can do that (x86-64-v3 and v4, arm64), and twice where not (v2).
template <class T>
inline Vector<T> multiply_add(Vector<T> a, Vector<T> b, Vector<T> c) {
#if defined(__AVX512F__)
  if constexpr (sizeof(T) == 4)
    return (Vector<T>)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)c);
  else
    return (Vector<T>)_mm512_fmadd_pd((__m512d)a, (__m512d)b, (__m512d)c);
#elif defined(__FMA__)
  if constexpr (sizeof(T) == 4)
    return (Vector<T>)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c);
  else
    return (Vector<T>)_mm256_fmadd_pd((__m256d)a, (__m256d)b, (__m256d)c);
#elif defined(__ARM_NEON) && defined(__aarch64__)
  if constexpr (sizeof(T) == 4)
    return (Vector<T>)vfmaq_f32((float32x4_t)c, (float32x4_t)a, (float32x4_t)b);
  else
    return (Vector<T>)vfmaq_f64((float64x2_t)c, (float64x2_t)a, (float64x2_t)b);
#else
  return a * b + c;
#endif
}

}  // namespace gradwalk::GRADWALK_LEVEL
