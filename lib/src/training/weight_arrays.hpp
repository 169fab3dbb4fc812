#pragma once

#include <fmt/format.h>

#include <string>
#include <variant>

#include "gradwalk/nn/net.hpp"
#include "gradwalk/nn/npz.hpp"
#include "io/array_of.hpp"

namespace gradwalk {

/// Every weight and bias under the name that torch.nn.Sequential gives it.
template <class Visit>
void for_each_weight(const Net<double>& net, const std::string& dtype, Visit visit) {
  for (std::size_t k = 0; k < net.layers.size(); ++k)
    if (const auto* linear = std::get_if<Linear<double>>(&net.layers[k])) {
      visit(fmt::format("{}.weight", k), array_of({linear->out(), linear->in()}, linear->W.values(), dtype));
      visit(fmt::format("{}.bias", k), array_of({linear->out()}, linear->b, dtype));
    }
}

/// Puts the arrays of `npz` into `net`, as load_weights does.
void fill_from(const NpzReader& npz, Net<double>& net, const std::string& file);

}  // namespace gradwalk
