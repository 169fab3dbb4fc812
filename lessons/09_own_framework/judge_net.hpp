// Of the judge: the nets that the checks of lesson 09 are made with, and the parts of the judge.
#pragma once

#include <string>
#include <vector>

#include "gradwalk/harness/lesson.hpp"

namespace gradwalk::harness::lesson_09 {

constexpr std::size_t in = 3, hidden = 5, out = 4;
/// Of every layer of the deeper net, so that a layer that is left out leaves numbers of the same shape.
constexpr std::size_t deep_width = 4;

using Tensors = std::vector<NamedTensor>;

/// W1 (hidden, in), b1, W2 (out, hidden), b2.
Tensors draw_parameters(Draw& draw);
/// W1, b1, W2, b2, W3, b3, all of deep_width.
Tensors draw_deep_parameters(Draw& draw);

/// Linear–Tanh–Linear, up to the logits z2; with a third W and b, Sigmoid–Linear behind it, up to z3. x is (rows, in).
Trace net(const Tensors& parameters, std::size_t rows, std::vector<double> x);
/// "z2" or "z3".
std::string logits_of(const Trace& net);

/// The same with softmax and cross-entropy behind it, and the way back.
Trace with_loss(Trace trace, std::vector<double> y);

/// Where forward gives the softmax of z2, not z2 itself: the loss then takes the softmax of a softmax.
Trace loss_behind_softmax(const Trace& with_loss);
double loss_of_softmax(const Trace& with_loss);
std::string words_of_softmax_behind(const std::string& logits);

constexpr const char* without_first_id = "backward-first-layer-left-out";
std::string words_of_first_layer_left_out();
std::string words_of_activations_left_out();

/// What comes of a forward pass that leaves a layer out, or takes them in another order.
std::vector<KnownWrong> wrong_logits(const Trace& net);
/// The same, and what comes of such a way back. The net has its upstream gradient.
std::vector<KnownWrong> wrong_passes(const Tensors& parameters, const Trace& net);

/// dW and db of a way back that goes through the Linear layers only, then dx.
Tensors gradients_without_activations(const Tensors& parameters, const Trace& net);

std::vector<Check> passes_checks(Draw& draw);
std::vector<Check> update_checks(Draw& draw);
Check epoch_check(Draw& draw);

}  // namespace gradwalk::harness::lesson_09
