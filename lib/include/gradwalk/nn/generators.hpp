#pragma once

#include <cstddef>
#include <cstdint>

#include "gradwalk/nn/samples.hpp"

namespace gradwalk {

// Data sets made by formula: n samples from a seed, the same on every run. The classes take turns, so they are of equal
// size. `noise` is the standard deviation of what is added to every coordinate (and to the value of the curve).

/// Two classes that no straight line separates: the corners of the unit square, class = corner x₁ ≠ corner x₂. n = 4
/// without noise is the truth table.
Samples<double> make_xor(std::size_t n, double noise, std::uint64_t seed);

/// Two half circles, one inside the bend of the other.
Samples<double> make_moons(std::size_t n, double noise, std::uint64_t seed);

/// A round cloud for each class, their centres evenly on a circle of radius 3.
Samples<double> make_blobs(std::size_t n, std::size_t classes, double noise, std::uint64_t seed);

/// An arm for each class, wound around the origin by `turns` turns, out to radius 1.
Samples<double> make_spirals(std::size_t n, std::size_t classes, double turns, double noise, std::uint64_t seed);

/// A regression: x uniform in [−1, 1], value sin(πx) + noise.
Samples<double> make_curve(std::size_t n, double noise, std::uint64_t seed);

}  // namespace gradwalk
