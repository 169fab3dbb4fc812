#pragma once

#include <optional>
#include <vector>

#include "gradwalk/nn/net.hpp"
#include "kernels/levels.hpp"

namespace gradwalk::engine {

/// A net as the engine sees it: its linear layers with the activation after each.
struct Stack {
  struct Linear {
    std::size_t index;  // in net.layers
    std::size_t in, out;
    kernels::Activation activation = kernels::Activation::identity;
    double slope = 0;

    bool operator==(const Linear&) const = default;
  };
  std::vector<Linear> layers;
  bool softmax = false;  // after the last

  bool operator==(const Stack&) const = default;
};

/// Nothing when the net is not of the engine's form.
template <class T>
std::optional<Stack> stack_of(const Net<T>& net);

}  // namespace gradwalk::engine
