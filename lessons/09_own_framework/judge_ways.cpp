#include "judge_ways.hpp"

#include "gradwalk/tracer/language.hpp"

namespace gradwalk::harness::lesson_09 {

std::vector<Way> wrong_updates() {
  return {
      {.mistake = "update-sign",
       .words = tr("with the step taken along the gradient, not against it"),
       .W_sign = 1,
       .b_sign = 1},
      {.mistake = "update-sign-weights", .words = tr("with W moved along its gradient, not against it"), .W_sign = 1},
      {.mistake = "update-sign-bias", .words = tr("with b moved along its gradient, not against it"), .b_sign = 1},
      {.mistake = "update-without-rate",
       .words = tr("with the learning rate left out"),
       .W_rate = false,
       .b_rate = false},
      {.mistake = "update-without-rate-weights", .words = tr("with the learning rate left out for W"), .W_rate = false},
      {.mistake = "update-without-rate-bias", .words = tr("with the learning rate left out for b"), .b_rate = false},
      {.mistake = "update-without-weights", .words = tr("with the weights left as they were"), .W_sign = 0},
      {.mistake = "update-without-bias", .words = tr("with the biases left as they were"), .b_sign = 0},
      {.mistake = "update-twice", .words = tr("with each step taken twice"), .W_times = 2, .b_times = 2},
      {.mistake = "update-twice-weights", .words = tr("with the step of W taken twice"), .W_times = 2},
      {.mistake = "update-twice-bias", .words = tr("with the step of b taken twice"), .b_times = 2},
      {.mistake = "update-bias-by-input",
       .words = tr("with the step of b taken once for every input: it stands in the inner loop"),
       .bias_by_input = true},
      {.mistake = "update-without-last-layer", .words = tr("with the last layer left as it was"), .last_layer = false},
      {.mistake = "update-without-first-layer",
       .words = tr("with the first layer left as it was"),
       .first_layer = false},
      {.mistake = "update-first-layer-only",
       .words = tr("with all layers but the first left as they were"),
       .middle_layer = false,
       .last_layer = false},
      {.mistake = "update-last-layer-only",
       .words = tr("with all layers but the last left as they were"),
       .first_layer = false,
       .middle_layer = false},
      {.mistake = "update-outer-layers-only",
       .words = tr("with the layers between the first and the last left as they were"),
       .middle_layer = false},
      {.mistake = "update-replaces", .words = tr("with = where −= belongs: the old value is lost"), .adds = false}};
}

std::vector<Way> wrong_epochs() {
  std::vector<Way> ways = wrong_updates();
  const std::vector<Way> more = {
      {.mistake = without_first_id, .words = words_of_first_layer_left_out(), .first_layer = false},
      {.mistake = "backward-activations-left-out",
       .words = words_of_activations_left_out(),
       .without_activations = true},
      {.mistake = "epoch-last-batch-left-out",
       .words = tr("with the last, smaller mini-batch left out"),
       .batches = Batches::without_last},
      {.mistake = "epoch-first-batch-left-out",
       .words = tr("with the first mini-batch left out"),
       .batches = Batches::without_first},
      {.mistake = "epoch-first-batch-only",
       .words = tr("with only the first mini-batch taken"),
       .batches = Batches::first_only},
      {.mistake = "epoch-last-batch-only",
       .words = tr("with one update only, after the last mini-batch"),
       .batches = Batches::last_only},
      {.mistake = "epoch-overlapping-batches",
       .words = tr("with mini-batches that begin one row apart and overlap"),
       .batches = Batches::overlapping},
      {.mistake = "epoch-in-one-batch", .words = tr("with all rows in one mini-batch"), .batches = Batches::all_in_one},
      {.mistake = "epoch-order-ignored",
       .words = tr("with the rows taken as they lie, not in the order given"),
       .rows_ordered = false,
       .labels_ordered = false},
      {.mistake = "epoch-labels-not-ordered",
       .words = tr("with the labels taken as they lie, though the rows are in the order given"),
       .labels_ordered = false},
      {.mistake = "epoch-rows-not-ordered",
       .words = tr("with the rows taken as they lie, though the labels are in the order given"),
       .rows_ordered = false},
      {.mistake = "epoch-gradients-not-reset",
       .words = tr("with the gradients of the mini-batches before still in the sum"),
       .keeps_gradients = true},
      {.mistake = "epoch-old-weights",
       .words = tr("with all gradients taken at the weights that the epoch began with"),
       .old_weights = true},
      {.mistake = "epoch-update-before-backward",
       .words = tr("with the update made before the way back: its gradients are those of the mini-batch before"),
       .update_first = true},
      {.mistake = "epoch-logits-sent-back",
       .words = tr("with the logits sent back through the net, not the gradient of the loss"),
       .logits_sent_back = true},
      {.mistake = "softmax-behind", .words = words_of_softmax_behind("z2"), .softmax_behind = true},
      {.mistake = "epoch-sum-for-mean",
       .words = tr("with the gradient summed over the mini-batch, not its mean"),
       .times_batch = 1},
      {.mistake = "epoch-mean-twice",
       .words = tr("with the gradient divided by the size of the mini-batch once more"),
       .times_batch = -1}};
  ways.insert(ways.end(), more.begin(), more.end());
  return ways;
}

}  // namespace gradwalk::harness::lesson_09
