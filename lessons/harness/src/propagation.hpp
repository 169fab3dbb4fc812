#pragma once

#include <cstdint>
#include <vector>

#include "gradwalk/nn/record.hpp"

namespace gradwalk::harness {

/// An op's output computed from its inputs.
std::vector<double> values_of(const Record& record, const Op& op);

/// What an op adds to the gradient of its input `slot`: Σ over its outputs of upstream · local.
std::vector<double> contribution(const Record& record, const Op& op, std::size_t slot);

/// All gradients that can be: zero and computed.
void clear_gradients(Record& record);

/// Which smooth piece of every ReLU, absolute value and maximum the record's values lie on.
std::uint64_t piece_of(const Record& record);

}  // namespace gradwalk::harness
