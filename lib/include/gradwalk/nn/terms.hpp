#pragma once

#include <vector>

#include "gradwalk/nn/record.hpp"

namespace gradwalk {

/// One chain-rule product. `target` receives `contribution` = `upstream` · `local` through `source`, an output element
/// of op number `op`, into whose input `slot` the target went.
struct Term {
  Element target, source;
  std::size_t op = 0, slot = 0;
  double upstream = 0;      // ∂L/∂source
  double local = 0;         // ∂source/∂target
  double contribution = 0;  // upstream · local
};

/// A gradient element as a sum of terms. residual = gradient − sum: what rounding in another order left over.
struct TermSum {
  Element target;
  std::vector<Term> terms;
  double sum = 0, gradient = 0, residual = 0;
};

/// Every term of the gradient of `target`, in the order of the ops and of their output elements: the chain rule for a
/// variable that goes into several others (Goodfellow, Bengio, Courville: Deep Learning, 2016, section 6.5.2). The loss
/// itself has no terms: its gradient 1 is the seed. Throws InputError when the gradient is pending or none; that there
/// is such an element is not checked.
TermSum terms_of(const Record& record, Element target);

}  // namespace gradwalk
