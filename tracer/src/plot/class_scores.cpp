#include "class_scores.hpp"

#include <algorithm>
#include <cmath>

#include "gradwalk/nn/rules.hpp"

namespace gradwalk::plot {

Matrix<double> class_scores(Loss loss, const Matrix<double>& output) {
  const bool one_output = output.cols() == 1;  // of the second of two classes
  Matrix<double> scores(output.rows(), one_output ? 2 : output.cols());
  for (std::size_t n = 0; n < output.rows(); ++n) {
    if (one_output) {
      const double f = output(n, 0);
      scores(n, 1) = loss == Loss::logistic ? 1 / (1 + std::exp(-f)) : std::clamp(f, 0.0, 1.0);
      scores(n, 0) = 1 - scores(n, 1);
    } else if (loss == Loss::softmax_cross_entropy) {
      for (std::size_t c = 0; c < output.cols(); ++c) scores(n, c) = softmax_element(output.row(n), c);
    } else {
      std::ranges::transform(output.row(n), scores.row(n).begin(), [](double f) { return std::clamp(f, 0.0, 1.0); });
    }
  }
  return scores;
}

std::optional<std::vector<int>> class_labels(const Targets<double>& targets) {
  if (!targets.labels.empty()) return targets.labels;
  const Matrix<double>& values = targets.values;
  if (!std::ranges::all_of(values.values(), [](double y) { return y == 0 || y == 1; })) return std::nullopt;
  std::vector<int> labels;
  for (std::size_t n = 0; n < values.rows(); ++n) {
    const auto row = values.row(n);
    if (row.size() == 1) {
      labels.push_back(row[0] == 1 ? 1 : 0);
    } else {
      if (std::ranges::count(row, 1.0) != 1) return std::nullopt;
      labels.push_back(static_cast<int>(std::ranges::find(row, 1.0) - row.begin()));
    }
  }
  return labels;
}

}  // namespace gradwalk::plot
