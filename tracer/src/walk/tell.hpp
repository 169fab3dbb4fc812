#pragma once

#include "walk/story.hpp"

namespace gradwalk::walk {

// The same step in the three forms. tell_forward and tell_backward (story.hpp) choose among these.

Step scalar_forward(const Story& story, const Op& op);
Step wide_forward(const Story& story, const Op& op);  // matrix and batch
Step loss_forward(const Story& story, const Op& op);  // the same in every form

/// The gradient of input `slot` of `op`, from the gradient of its output.
Step scalar_backward(const Story& story, const Op& op, std::size_t slot);
void wide_backward(Story& story, const Op& op, std::size_t slot);
/// The gradient of one number of an expression, from everything that it is used for.
Step expression_backward(const Story& story, TensorId target);

std::string forward_title(const Story& story, const Op& op);
std::string backward_title(const Story& story, const Op& op, std::size_t slot);

/// Where a function bends it has no one slope: told when the record has such a number. And how much a ReLU has shut.
std::vector<std::string> kinks_of(const Story& story, const Op& op);
/// Units that a ReLU has shut for every row of the batch, so that nothing comes back to their weights.
std::vector<std::string> dead_units(const Story& story, const Op& op);
/// Signs in the rule of an op that a beginner has not met: 1[z > 0], sign(z).
std::vector<std::string> notes_on(const Story& story, const Op& op);

}  // namespace gradwalk::walk
