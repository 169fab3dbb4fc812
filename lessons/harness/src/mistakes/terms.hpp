#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "gradwalk/harness/mistake.hpp"

namespace gradwalk::harness {

/// Every term of the site's op for its slot, in the order of the op's outputs, changed by `change`. A term for which
/// `change` is false is left out. The rest is summed.
std::vector<double> sum_of_terms(const Site& site, const std::function<bool(AlteredTerm&)>& change);

/// Every term in that order, for mistakes that do not sum.
std::vector<AlteredTerm> terms_at(const Site& site);

/// A mistake that changes terms one by one; the terms are summed.
Mistake changed_terms(std::string_view id, std::function<bool(const Site&)> applies,
                      std::function<bool(const Site&, AlteredTerm&)> change,
                      std::function<std::string(const Site&)> words);

/// Number of rows of the op's output: the batch.
std::size_t batch_of(const Site& site);
std::size_t columns_of(const Shape& shape);

double sigmoid(double z);
/// What the lesson calls that which a function is applied to: "z1".
std::string z_of(const Site& site);

/// Each is one subject of the catalogue.
void append_linear_mistakes(std::vector<Mistake>& catalogue);
void append_activation_mistakes(std::vector<Mistake>& catalogue);
void append_running_sums(std::vector<Mistake>& catalogue);
void append_softmax_mistakes(std::vector<Mistake>& catalogue);
void append_loss_mistakes(std::vector<Mistake>& catalogue);
void append_term_mistakes(std::vector<Mistake>& catalogue);
void append_memory_mistakes(std::vector<Mistake>& catalogue);
void append_unstable_mistakes(std::vector<Mistake>& catalogue);

}  // namespace gradwalk::harness
