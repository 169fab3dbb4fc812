// Of the judge: a descent that is asked for, and which rows its steps take.
#pragma once

#include "judge_orders.hpp"

namespace gradwalk::harness::lesson_03 {

struct Descent {
  std::size_t count, batch, epochs;
  double eta;
  Values w = {}, gradients = {};

  std::size_t batches() const { return (count + batch - 1) / batch; }
  std::size_t steps() const { return batches() * epochs; }
  std::size_t rows_in(std::size_t step) const {
    return step % batches() + 1 < batches() ? batch : count - (batches() - 1) * batch;
  }
};

/// What is wrong with the rows that the steps take; empty when nothing is.
std::string wrong_batches(const Descent& d, const Values& got);
std::vector<KnownWrong> wrong_batches_known(const Descent& d);

}  // namespace gradwalk::harness::lesson_03
