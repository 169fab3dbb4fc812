#pragma once

#include "walk/story.hpp"

namespace gradwalk::walk {

/// 1·∂L/∂out of a loss, in symbols.
Math loss_local(const Story& story, const Op& op);

/// The same with the numbers of output element `e`.
Math loss_local_numbers(const Story& story, const Op& op, std::size_t e);

/// softmax(z)[n,k] of element e = (n, k) of z, where the record holds only z.
double softmax_of(const Tensor& z, std::size_t e);

/// ∂out/∂in of element `e` of an elementwise op.
double local_of(const Story& story, const Op& op, std::size_t e);

}  // namespace gradwalk::walk
