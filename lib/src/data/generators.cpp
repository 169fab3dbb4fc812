#include "gradwalk/nn/generators.hpp"

#include <cmath>
#include <numbers>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/random.hpp"

namespace gradwalk {
namespace {

using std::numbers::pi;

struct Point {
  double x1 = 0, x2 = 0;
};

/// n points in the plane, each where `place(label, random)` puts it, plus noise.
template <class Place>
Samples<double> make_points(std::size_t n, std::size_t classes, double noise, std::uint64_t seed, Place place) {
  if (classes == 0) throw ShapeError("points of 0 classes");
  Random random(seed);
  Samples<double> samples{.x = Matrix<double>(n, 2), .targets = {}};
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t label = i % classes;
    const Point point = place(label, random);
    samples.x(i, 0) = point.x1 + noise * random.normal();
    samples.x(i, 1) = point.x2 + noise * random.normal();
    samples.targets.labels.push_back(static_cast<int>(label));
  }
  return samples;
}

}  // namespace

Samples<double> make_xor(std::size_t n, double noise, std::uint64_t seed) {
  std::size_t made = 0;
  return make_points(n, 2, noise, seed, [&](std::size_t label, Random&) {
    const std::size_t x1 = made++ / 2 % 2;  // (0,0) (0,1) (1,1) (1,0) and again
    return Point{static_cast<double>(x1), static_cast<double>(x1 ^ label)};
  });
}

Samples<double> make_moons(std::size_t n, double noise, std::uint64_t seed) {
  return make_points(n, 2, noise, seed, [](std::size_t label, Random& random) {
    const double angle = pi * random.uniform();
    if (label == 0) return Point{std::cos(angle), std::sin(angle)};
    return Point{1 - std::cos(angle), 0.5 - std::sin(angle)};
  });
}

Samples<double> make_blobs(std::size_t n, std::size_t classes, double noise, std::uint64_t seed) {
  constexpr double radius = 3;
  return make_points(n, classes, noise, seed, [&](std::size_t label, Random&) {
    const double angle = 2 * pi * static_cast<double>(label) / static_cast<double>(classes);
    return Point{radius * std::cos(angle), radius * std::sin(angle)};
  });
}

Samples<double> make_spirals(std::size_t n, std::size_t classes, double turns, double noise, std::uint64_t seed) {
  return make_points(n, classes, noise, seed, [&](std::size_t label, Random& random) {
    const double radius = random.uniform();
    const double begin = static_cast<double>(label) / static_cast<double>(classes);
    const double angle = 2 * pi * (begin + turns * radius);
    return Point{radius * std::cos(angle), radius * std::sin(angle)};
  });
}

Samples<double> make_curve(std::size_t n, double noise, std::uint64_t seed) {
  Random random(seed);
  Samples<double> samples{.x = Matrix<double>(n, 1), .targets = {.labels = {}, .values = Matrix<double>(n, 1)}};
  for (std::size_t i = 0; i < n; ++i) {
    samples.x(i, 0) = random.uniform(-1, 1);
    samples.targets.values(i, 0) = std::sin(pi * samples.x(i, 0)) + noise * random.normal();
  }
  return samples;
}

}  // namespace gradwalk
