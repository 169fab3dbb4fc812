// Of the judge: the ways in which students take a step, or an epoch of them, wrongly.
#pragma once

#include "judge_net.hpp"

namespace gradwalk::harness::lesson_09 {

enum class Batches { right, without_last, without_first, first_only, last_only, overlapping, all_in_one };

/// How a step or an epoch is taken; as it stands, rightly.
struct Way {
  const char* mistake = "";
  std::string words = "";
  double W_sign = -1, b_sign = -1;  // 0: left as they were
  double W_times = 1, b_times = 1;
  bool W_rate = true, b_rate = true, adds = true, bias_by_input = false;
  bool first_layer = true, middle_layer = true, last_layer = true;

  Batches batches = Batches::right;
  bool rows_ordered = true, labels_ordered = true;
  bool keeps_gradients = false, old_weights = false, update_first = false, logits_sent_back = false,
       softmax_behind = false, without_activations = false;
  int times_batch = 0;  // the gradient times N to this power
};

std::vector<Way> wrong_updates();
/// Those of the update too: an epoch is made of updates.
std::vector<Way> wrong_epochs();

}  // namespace gradwalk::harness::lesson_09
