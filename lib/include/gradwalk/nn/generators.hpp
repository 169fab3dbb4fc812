#pragma once

#include <cstddef>
#include <cstdint>

#include "gradwalk/nn/samples.hpp"

namespace gradwalk {

// Data sets made by formula: n samples from a seed, the same on every run. x is (n, 2) with labels (n), but for the
// curve. The classes take turns, 0 first, so they are of equal size. `noise` is the standard deviation of the normal
// number that is added to every coordinate (and to the value of the curve). n may be 0. ShapeError for 0 classes, and
// nothing else, is thrown.

/// Two classes that no straight line separates: the corners of the unit square, class = corner x₁ ≠ corner x₂. n = 4
/// without noise is the truth table. (Minsky, Papert: Perceptrons, 1969; Rumelhart, Hinton, Williams, 1986.)
Samples<double> make_xor(std::size_t n, double noise, std::uint64_t seed);

/// Two half circles of radius 1, one inside the bend of the other: the upper around (0, 0), the lower around (1, ½).
/// (scikit-learn's make_moons.)
Samples<double> make_moons(std::size_t n, double noise, std::uint64_t seed);

/// A round cloud for each class, their centres evenly on a circle of radius 3.
Samples<double> make_blobs(std::size_t n, std::size_t classes, double noise, std::uint64_t seed);

/// An arm for each class, wound around the origin by `turns` turns, out to radius 1. (Lang, Witbrock: Learning to tell
/// two spirals apart, 1988.)
Samples<double> make_spirals(std::size_t n, std::size_t classes, double turns, double noise, std::uint64_t seed);

/// A regression: x (n, 1) uniform in [−1, 1), values (n, 1) sin(πx) + noise.
Samples<double> make_curve(std::size_t n, double noise, std::uint64_t seed);

}  // namespace gradwalk
