#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace gradwalk::engine {
template <class T>
struct Plan;
}

namespace gradwalk::kernels {

/// Most of k that a product works through at a time: so many rows of a panel are at most 36 KiB.
inline constexpr std::size_t block_depth = 288;

/// How much of A is to stay in the second-level cache while the panels of B go by: half of what most have for a core.
inline constexpr std::size_t cached_bytes = std::size_t{512} << 10;

/// Functions of one number; ReLU is leaky_relu with slope 0.
enum class Activation { identity, tanh, sigmoid, leaky_relu, exp };

/// How an operand of a product lies in memory.
enum class Order { as_is, transposed };

/// C (m, n) = A (m, k) · B (k, n) + bias (n). A and B are stored row by row, or their transposes are; the strides are
/// those of the rows in memory. `bias` may be null.
template <class T>
struct Product {
  std::size_t m, n, k;
  const T* A;
  std::size_t stride_A;
  Order order_A;
  const T* B;
  std::size_t stride_B;
  Order order_B;
  const T* bias;
  T* C;
  std::size_t stride_C;
};

template <class T>
struct KernelsOf {
  std::size_t panel_width;
  void (*product)(const Product<T>&);
  /// to[i] = f(from[i]) for i < count; the two may be the same.
  void (*activate)(Activation f, T slope, const T* from, T* to, std::size_t count);
  /// Puts W (out, in), stored row by row, into panels for the engine, and takes it out again.
  void (*to_panels)(const T* W, std::size_t out, std::size_t in, T* panels);
  void (*from_panels)(const T* panels, std::size_t out, std::size_t in, T* W);
  /// Trains on all the batches of a plan; the engine's inner loop.
  void (*train)(engine::Plan<T>&);
};

/// The same kernels, compiled for one level of the instruction set.
struct Level {
  std::string_view name;  // x86-64-v2, x86-64-v3, x86-64-v4; portable elsewhere
  bool fuses;             // a·b + c is rounded once
  KernelsOf<float> of_float;
  KernelsOf<double> of_double;

  template <class T>
  const KernelsOf<T>& of() const {
    if constexpr (sizeof(T) == sizeof(float))
      return of_float;
    else
      return of_double;
  }
};

/// The levels that this machine can run, the slowest first.
std::span<const Level* const> levels();

/// The one that the library uses: the fastest, or the one that the environment variable GRADWALK_LEVEL names (for tests
/// and for measuring). Throws InputError when this machine has no level of that name.
const Level& level();

}  // namespace gradwalk::kernels
