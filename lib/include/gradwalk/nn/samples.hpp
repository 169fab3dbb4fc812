#pragma once

#include <cstddef>
#include <span>

#include "gradwalk/nn/losses.hpp"
#include "gradwalk/nn/matrix.hpp"

namespace gradwalk {

/// N samples with what a net should make of them.
template <class T>
struct Samples {
  Matrix<T> x;         // (N, features)
  Targets<T> targets;  // labels (N) or values (N, outputs)

  std::size_t size() const { return x.rows(); }
};

/// The samples number rows[0], rows[1] …, in this order: a mini-batch. A row may stand twice. Throws ShapeError past
/// the last sample, and when there are targets, but not for each sample.
template <class T>
Samples<T> take(const Samples<T>& samples, std::span<const std::size_t> rows);

}  // namespace gradwalk
