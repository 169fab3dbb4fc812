#include "gradwalk/nn/losses.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/kernels.hpp"
#include "io/one_line.hpp"

namespace gradwalk {

namespace {

constexpr std::array<std::pair<Loss, std::string_view>, 5> names{{
    {Loss::cross_entropy, "cross-entropy"},
    {Loss::softmax_cross_entropy, "softmax-cross-entropy"},
    {Loss::logistic, "logistic"},
    {Loss::squared, "squared"},
    {Loss::absolute, "absolute"},
}};

template <class T>
double sample_loss(Loss loss, std::span<const T> out, const Targets<T>& targets, std::size_t n) {
  switch (loss) {
    case Loss::cross_entropy:
      return -std::log(static_cast<double>(out[static_cast<std::size_t>(targets.labels[n])]));
    case Loss::softmax_cross_entropy: {
      const T m = *std::max_element(out.begin(), out.end());
      double sum = 0;
      for (T z : out) sum += std::exp(static_cast<double>(z - m));
      return std::log(sum) - static_cast<double>(out[static_cast<std::size_t>(targets.labels[n])] - m);
    }
    case Loss::logistic: {
      const double z = static_cast<double>(out[0]);
      return std::max(z, 0.0) - targets.labels[n] * z + std::log1p(std::exp(-std::abs(z)));
    }
    case Loss::squared:
    case Loss::absolute:
      break;
  }
  double sum = 0;
  for (std::size_t k = 0; k < out.size(); ++k) {
    const double error = static_cast<double>(out[k]) - static_cast<double>(targets.values(n, k));
    sum += loss == Loss::squared ? error * error : std::abs(error);
  }
  return sum;
}

}  // namespace

std::string_view name_of(Loss loss) {
  return std::find_if(names.begin(), names.end(), [&](const auto& entry) { return entry.first == loss; })->second;
}

Loss loss_named(const std::string& name) {
  for (const auto& [loss, known] : names)
    if (name == known) return loss;
  throw InputError(
      fmt::format("no loss is called {}: there are cross-entropy, softmax-cross-entropy, logistic, squared, absolute",
                  in_quotes(name)));
}

bool wants_labels(Loss loss) { return loss != Loss::squared && loss != Loss::absolute; }

template <class T>
void check_targets(Loss loss, std::size_t N, std::size_t C, const Targets<T>& targets) {
  if (N == 0) throw ShapeError("the loss of an empty batch is not defined");
  if (!wants_labels(loss)) {
    if (targets.values.rows() != N || targets.values.cols() != C)
      throw ShapeError(fmt::format("{} compares outputs ({}, {}) with targets of the same shape, not ({}, {})",
                                   name_of(loss), N, C, targets.values.rows(), targets.values.cols()));
    return;
  }
  if (targets.labels.size() != N)
    throw ShapeError(fmt::format("{} needs a label for each row of the outputs ({}, {}), not {} labels", name_of(loss),
                                 N, C, targets.labels.size()));
  if (loss == Loss::logistic && C != 1)
    throw ShapeError(fmt::format("logistic needs one logit for each row, outputs (N, 1), not ({}, {})", N, C));
  const int classes = loss == Loss::logistic ? 2 : static_cast<int>(C);
  for (std::size_t n = 0; n < N; ++n)
    if (targets.labels[n] < 0 || targets.labels[n] >= classes)
      throw ShapeError(fmt::format("label {} of row {} is not one of the {} classes 0..{}", targets.labels[n], n,
                                   classes, classes - 1));
}

template <class T>
double loss_value(Loss loss, const Matrix<T>& output, const Targets<T>& targets) {
  check_targets(loss, output.rows(), output.cols(), targets);
  double sum = 0;
  for (std::size_t n = 0; n < output.rows(); ++n) sum += sample_loss<T>(loss, output.row(n), targets, n);
  return sum / static_cast<double>(output.rows());
}

template <class T>
Matrix<T> loss_gradient(Loss loss, const Matrix<T>& output, const Targets<T>& targets) {
  check_targets(loss, output.rows(), output.cols(), targets);
  const std::size_t N = output.rows(), C = output.cols();
  const T size = static_cast<T>(N);
  Matrix<T> d(N, C);  // ∂L/∂output
  if (loss == Loss::softmax_cross_entropy) kernels::softmax_forward(output, d);
  if (loss == Loss::logistic) kernels::sigmoid_forward(output, d);
  for (std::size_t n = 0; n < N; ++n)
    for (std::size_t k = 0; k < C; ++k) {
      const bool is_label = wants_labels(loss) && static_cast<std::size_t>(targets.labels[n]) == k;
      switch (loss) {
        case Loss::cross_entropy:  // L = −(1/N) Σ_n log p[n,y]:  ∂L/∂p[n,k] = −1/(N·p[n,k]) at k = y, else 0
          d(n, k) = is_label ? T{-1} / (size * output(n, k)) : T{0};
          break;
        case Loss::softmax_cross_entropy:  // L = −(1/N) Σ_n log p[n,y], p = softmax(z):  ∂L/∂z = (p − onehot(y))/N
          d(n, k) = (d(n, k) - (is_label ? T{1} : T{0})) / size;
          break;
        case Loss::logistic:  // L = (1/N) Σ_n log(1 + exp(z)) − y·z:  ∂L/∂z = (sigmoid(z) − y)/N
          d(n, k) = (d(n, k) - static_cast<T>(targets.labels[n])) / size;
          break;
        case Loss::squared:  // L = (1/N) Σ_n Σ_k (f − y)²:  ∂L/∂f = 2·(f − y)/N
          d(n, k) = T{2} * (output(n, k) - targets.values(n, k)) / size;
          break;
        case Loss::absolute: {  // L = (1/N) Σ_n Σ_k |f − y|:  ∂L/∂f = sign(f − y)/N
          const T error = output(n, k) - targets.values(n, k);
          d(n, k) = std::isnan(error) ? error : static_cast<T>((error > T{0}) - (error < T{0})) / size;
          break;
        }
      }
    }
  return d;
}

template <class T>
std::vector<int> predicted_labels(Loss loss, const Matrix<T>& output) {
  if (output.cols() == 0 || (loss == Loss::logistic && output.cols() != 1))
    throw ShapeError(fmt::format("outputs ({}, {}) have no classes: {} wants {}", output.rows(), output.cols(),
                                 name_of(loss), loss == Loss::logistic ? "(N, 1)" : "(N, C)"));
  std::vector<int> labels(output.rows());
  for (std::size_t n = 0; n < output.rows(); ++n) {
    const auto row = output.row(n);
    labels[n] = loss == Loss::logistic ? int{row[0] > T{0}}
                                       : static_cast<int>(std::max_element(row.begin(), row.end()) - row.begin());
  }
  return labels;
}

template <class T>
double accuracy(Loss loss, const Matrix<T>& output, const Targets<T>& targets) {
  if (!wants_labels(loss)) return std::numeric_limits<double>::quiet_NaN();
  check_targets(loss, output.rows(), output.cols(), targets);
  const std::vector<int> predicted = predicted_labels(loss, output);
  std::size_t right = 0;
  for (std::size_t n = 0; n < predicted.size(); ++n) right += predicted[n] == targets.labels[n];
  return static_cast<double>(right) / static_cast<double>(predicted.size());
}

template void check_targets(Loss, std::size_t, std::size_t, const Targets<float>&);
template void check_targets(Loss, std::size_t, std::size_t, const Targets<double>&);
template double loss_value(Loss, const Matrix<float>&, const Targets<float>&);
template double loss_value(Loss, const Matrix<double>&, const Targets<double>&);
template Matrix<float> loss_gradient(Loss, const Matrix<float>&, const Targets<float>&);
template Matrix<double> loss_gradient(Loss, const Matrix<double>&, const Targets<double>&);
template double accuracy(Loss, const Matrix<float>&, const Targets<float>&);
template double accuracy(Loss, const Matrix<double>&, const Targets<double>&);
template std::vector<int> predicted_labels(Loss, const Matrix<float>&);
template std::vector<int> predicted_labels(Loss, const Matrix<double>&);

}  // namespace gradwalk
