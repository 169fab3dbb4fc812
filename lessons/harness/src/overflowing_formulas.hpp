#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gradwalk/nn/record.hpp"

namespace gradwalk::harness {

/// What a formula gives where floating point ends.
struct Overflowed {
  std::vector<double> values;  // the op's output, or its share in the gradient of its first input
  std::string first;           // "exp(z[0,1]) = exp(903.2) = inf": the first result that is no finite number
  std::string then;            // "exp(z[0,1])/Σ = inf/inf = NaN": the first NaN, where the first one was infinite
};

/// A way to compute an op, right on paper, with its intermediate results in the order in which people compute them.
using Formula = std::function<Overflowed(const Record& record, const Op& op)>;

/// The formulas known for the output of an op of this kind, in double and in float.
const std::vector<Formula>& output_formulas(OpKind kind);
/// The formulas known for its share in the gradient of its first input.
const std::vector<Formula>& gradient_formulas(OpKind kind);

}  // namespace gradwalk::harness
