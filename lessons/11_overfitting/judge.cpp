// What lesson 11 checks: the initial weights by their statistics; the penalty and its gradient; an early stop on losses
// that are given.
#include "judge_parts.hpp"

namespace gradwalk::harness {

std::vector<Check> lesson_11_overfitting(Draw& draw) {
  std::vector<Check> checks;
  for (const auto part : {lesson_11::weights_checks, lesson_11::l2_checks, lesson_11::stop_checks})
    for (Check& check : part(draw)) checks.push_back(std::move(check));
  return checks;
}

}  // namespace gradwalk::harness
