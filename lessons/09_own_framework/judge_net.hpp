// Of the judge: the net that every check of lesson 09 is made with, and the checks of its training.
#pragma once

#include <string>
#include <vector>

#include "gradwalk/harness/lesson.hpp"

namespace gradwalk::harness::lesson_09 {

constexpr std::size_t in = 3, hidden = 5, out = 4;

using Tensors = std::vector<NamedTensor>;

/// W1 (hidden, in), b1, W2 (out, hidden), b2.
Tensors draw_parameters(Draw& draw);

/// Linear–Tanh–Linear, up to the logits z2. x is (rows, in).
Trace net(const Tensors& parameters, std::size_t rows, std::vector<double> x);

/// The same with softmax and cross-entropy behind it, and the way back.
Trace with_loss(Trace trace, std::vector<double> y);

/// Where forward gives the softmax of z2, not z2 itself: the loss then takes the softmax of a softmax.
Trace loss_behind_softmax(const Trace& with_loss);
double loss_of_softmax(const Trace& with_loss);
std::string words_of_softmax_behind();

Check update_check(Draw& draw);
Check epoch_check(Draw& draw);

}  // namespace gradwalk::harness::lesson_09
