#pragma once

#include "walk/story.hpp"

namespace gradwalk::walk {

/// Back through a softmax: its Jacobian in full, the vector–Jacobian product with it, and with a cross-entropy behind
/// it the short form (p − y)/N that the two make together.
void tell_softmax_backward(Story& story, const Op& op);

/// The same three for a loss that has the softmax inside. Its p and dp are not recorded: they are worked out here from
/// z.
void tell_fused_softmax_backward(Story& story, const Op& op);

}  // namespace gradwalk::walk
