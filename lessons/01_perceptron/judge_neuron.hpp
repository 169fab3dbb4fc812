// Of the judge: a neuron, the ways to decide wrongly, and the checks of the rule.
#pragma once

#include <string>
#include <vector>

#include "gradwalk/harness/lesson.hpp"

namespace gradwalk::harness::lesson_01 {

struct Neuron {
  std::vector<double> w;
  double b;
};

/// Σ_i w[i]·x[i] + b
double sum_of(const Neuron& neuron, const double* x);
/// 1 where the sum is positive, else −1.
double decide(const Neuron& neuron, const double* x);

using OfSample = double (*)(const Neuron& neuron, const double* x);

/// Wrong sums and decisions. Who learns with them learns something else, and has made one mistake, not two.
struct WrongDecision {
  std::string mistake, words;
  OfSample sum = nullptr;  // none: the sum is right
  OfSample decide = nullptr;
};
std::vector<WrongDecision> wrong_decisions();

/// One step on a wrong sample, on three samples, on the boundary, and epochs.
std::vector<Check> learning_checks(Draw& draw);

}  // namespace gradwalk::harness::lesson_01
