#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gradwalk/nn/matrix.hpp"

namespace gradwalk {

/// N samples, C classes or K outputs. Every loss is the mean over the batch (and the sum over the outputs of a sample).
enum class Loss {
  cross_entropy,          // L = −(1/N) Σ_n log p[n, y[n]]: on probabilities, as the lesson has it
  softmax_cross_entropy,  // the same on logits z, never overflowing: log Σ_k exp(z[k]) − z[y] (log-sum-exp)
  logistic,               // L = (1/N) Σ_n max(z, 0) − y·z + log(1 + exp(−|z|)): one logit, labels 0 and 1
  squared,                // L = (1/N) Σ_n Σ_k (f[n,k] − y[n,k])²
  absolute,               // L = (1/N) Σ_n Σ_k |f[n,k] − y[n,k]|
};

/// "cross-entropy", "softmax-cross-entropy", "logistic", "squared", "absolute": as on the command line.
std::string_view name_of(Loss loss);
/// Throws InputError for another name, listing these.
Loss loss_named(const std::string& name);
/// Whether the targets are class labels (rather than values to come close to).
bool wants_labels(Loss loss);

/// What the outputs of a batch are compared with: labels (N) for a classification, values (N, K) for a regression.
template <class T>
struct Targets {
  std::vector<int> labels;
  Matrix<T> values;

  std::size_t size() const { return labels.empty() ? values.rows() : labels.size(); }
};

/// Throws ShapeError when N outputs of C numbers and the targets do not fit, and when a label is not one of the
/// classes.
template <class T>
void check_targets(Loss loss, std::size_t N, std::size_t C, const Targets<T>& targets);

/// L of the outputs (N, C) of a net's last layer. Throws ShapeError when outputs and targets do not fit, and when a
/// label is not one of the C classes.
template <class T>
double loss_value(Loss loss, const Matrix<T>& output, const Targets<T>& targets);

/// ∂L/∂output, the shape of `output`, with the seed ∂L/∂L = 1. Throws as loss_value does.
///   cross_entropy          ∂L/∂p[n,c] = −1/(N·p[n,c]) for c = y[n], else 0
///   softmax_cross_entropy  ∂L/∂z[n,c] = (softmax(z[n])[c] − 1[c = y[n]])/N
///   logistic               ∂L/∂z[n]   = (sigmoid(z[n]) − y[n])/N
///   squared                ∂L/∂f[n,k] = 2·(f[n,k] − y[n,k])/N
///   absolute               ∂L/∂f[n,k] = sign(f[n,k] − y[n,k])/N, 0 where they are equal
template <class T>
Matrix<T> loss_gradient(Loss loss, const Matrix<T>& output, const Targets<T>& targets);

/// The 0-1 score: the share of samples whose largest output (the first of equals; for `logistic`, z > 0) is the label.
/// A score, not a loss to descend: its derivative is 0 wherever it exists. NaN for a regression.
template <class T>
double accuracy(Loss loss, const Matrix<T>& output, const Targets<T>& targets);

/// The class of every sample by the same rule.
template <class T>
std::vector<int> predicted_labels(Loss loss, const Matrix<T>& output);

}  // namespace gradwalk
