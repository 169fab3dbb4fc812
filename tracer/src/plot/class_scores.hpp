#pragma once

#include <optional>
#include <vector>

#include "gradwalk/nn/losses.hpp"
#include "gradwalk/nn/matrix.hpp"

namespace gradwalk::plot {

/// How sure a net is of each class, (N, C), from its outputs: the probabilities that belong to the loss; for the
/// squared and the absolute error, whose targets are 0 and 1, the outputs themselves, held between the two.
Matrix<double> class_scores(Loss loss, const Matrix<double>& output);

/// The class of every sample, also where it stands as 0 and 1 among the values. Nothing when the values say no class.
std::optional<std::vector<int>> class_labels(const Targets<double>& targets);

}  // namespace gradwalk::plot
