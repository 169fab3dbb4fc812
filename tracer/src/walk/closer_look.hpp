#pragma once

#include "walk/story.hpp"

namespace gradwalk::walk {

/// After a step with matrices: one entry of the result, written out in full. Only where it helps: sums, not functions.
void look_closer_forward(Story& story, const Op& op);
void look_closer_backward(Story& story, const Op& op, std::size_t slot);

}  // namespace gradwalk::walk
