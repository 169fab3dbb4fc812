#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <span>
#include <utility>

namespace gradwalk {

/// Random numbers that are the same on every machine for the same seed. The standard fixes the bits of the engine but
/// not those of its distributions, so these are written out here.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  /// Uniform in [0, 1): 53 random bits.
  double uniform() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }
  /// Uniform in [low, high).
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  /// Normal with mean 0 and standard deviation 1, by Box and Muller (Ann. Math. Statist. 29, 1958).
  double normal();
  /// Uniform among 0 … n − 1, without bias. n must not be 0.
  std::uint64_t below(std::uint64_t n);

  /// Every order equally likely (Fisher and Yates).
  template <class T>
  void shuffle(std::span<T> values) {
    for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[below(i)]);
  }

 private:
  std::mt19937_64 engine_;
  std::optional<double> second_normal_;  // Box and Muller make two at a time
};

}  // namespace gradwalk
