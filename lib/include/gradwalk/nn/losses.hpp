#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gradwalk/nn/matrix.hpp"

namespace gradwalk {

/// N samples, C classes or K outputs. Every loss is the mean over the batch (and the sum over the outputs of a sample).
/// Logarithms are natural, so cross-entropies are in nats. (Goodfellow, Bengio, Courville: Deep Learning, 2016, section
/// 6.2.2; Bishop: Pattern Recognition and Machine Learning, 2006, section 5.2.)
enum class Loss {
  cross_entropy,          // L = −(1/N) Σ_n log p[n, y[n]]: on probabilities, as the lesson has it
  softmax_cross_entropy,  // the same on logits z, never overflowing: log Σ_k exp(z[k]) − z[y] (log-sum-exp)
  logistic,               // L = (1/N) Σ_n max(z, 0) − y·z + log(1 + exp(−|z|)): one logit, labels 0 and 1
  squared,                // L = (1/N) Σ_n Σ_k (f[n,k] − y[n,k])²
  absolute,               // L = (1/N) Σ_n Σ_k |f[n,k] − y[n,k]|
};

/// "cross-entropy", "softmax-cross-entropy", "logistic", "squared", "absolute". Throws nothing.
std::string_view name_of(Loss loss);
/// Throws InputError for another name, listing these.
Loss loss_named(const std::string& name);
/// Whether the targets are class labels (rather than values to come close to). Throws nothing.
bool wants_labels(Loss loss);

/// What the outputs of a batch are compared with: labels (N) for a classification, values (N, K) for a regression.
/// One of the two is empty.
template <class T>
struct Targets {
  std::vector<int> labels;  // (N), each from 0 to C − 1
  Matrix<T> values;         // (N, K)

  /// N, of whichever is there.
  std::size_t size() const { return labels.empty() ? values.rows() : labels.size(); }
};

/// Throws ShapeError, naming the shapes, when outputs (N, C) and the targets do not fit: no row at all, labels that are
/// not N, values that are not (N, C), for `logistic` a C other than 1; and when a label is not one of the classes 0 … C
/// − 1 (of `logistic`: 0 and 1).
template <class T>
void check_targets(Loss loss, std::size_t N, std::size_t C, const Targets<T>& targets);

/// L of the outputs (N, C) of a net's last layer, summed in double. Throws as check_targets does. A probability of 0 at
/// the label gives infinity, NaN gives NaN.
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

/// The 0-1 score, from 0 to 1: the share of samples whose largest output (the first of equals; for `logistic`, z > 0)
/// is the label. A score, not a loss to descend: its derivative is 0 wherever it exists. NaN for a regression. Throws
/// as check_targets does. `output` (N, C).
template <class T>
double accuracy(Loss loss, const Matrix<T>& output, const Targets<T>& targets);

/// The class (N) of every sample by the same rule. Throws ShapeError for outputs (N, 0), and for `logistic` unless they
/// are (N, 1).
template <class T>
std::vector<int> predicted_labels(Loss loss, const Matrix<T>& output);

}  // namespace gradwalk
