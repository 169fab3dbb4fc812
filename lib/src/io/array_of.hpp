#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gradwalk/nn/npy.hpp"

namespace gradwalk {

/// Numbers as they go to disk: in the precision of `dtype`, float32 or float64.
inline NpyArray array_of(std::vector<std::size_t> shape, const std::vector<double>& values, const std::string& dtype) {
  if (dtype == "float32") return {std::move(shape), std::vector<float>(values.begin(), values.end())};
  return {std::move(shape), values};
}

}  // namespace gradwalk
