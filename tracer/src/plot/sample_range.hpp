#pragma once

#include <cstddef>

#include "gradwalk/nn/dataset.hpp"

namespace gradwalk::plot {

struct Range {
  double low = 0, high = 1;
  /// Place i of `count` places from end to end.
  double at(std::size_t i, std::size_t count) const {
    return low + (high - low) * static_cast<double>(i) / static_cast<double>(count - 1);
  }
};

/// The values of one feature over all samples, with some room on both sides.
Range range_of(const Dataset<double>& data, std::size_t feature);

}  // namespace gradwalk::plot
