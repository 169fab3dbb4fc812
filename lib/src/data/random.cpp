#include "gradwalk/nn/random.hpp"

#include <cmath>
#include <limits>
#include <numbers>

namespace gradwalk {

double Random::normal() {
  if (second_normal_) return *std::exchange(second_normal_, std::nullopt);
  const double radius = std::sqrt(-2 * std::log(1 - uniform()));  // 1 − u is never 0
  const double angle = 2 * std::numbers::pi * uniform();
  second_normal_ = radius * std::sin(angle);
  return radius * std::cos(angle);
}

std::uint64_t Random::below(std::uint64_t n) {
  // 2^64 mod n of the engine's values would make the small results more likely than the others; drawn again.
  constexpr std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();
  const std::uint64_t leftover = (largest % n + 1) % n;
  for (;;) {
    const std::uint64_t bits = engine_();
    if (bits <= largest - leftover) return bits % n;
  }
}

}  // namespace gradwalk
