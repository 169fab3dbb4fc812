#pragma once

#include <string>
#include <vector>

#include "gradwalk/nn/difference.hpp"
#include "gradwalk/nn/pass.hpp"

namespace gradwalk {

/// One element of one gradient, held against differences.
struct CheckedElement {
  std::string name;  // "W1[2,0]"
  double gradient = 0;
  Difference difference;
  Judgement judgement = Judgement::cannot_tell;
};

/// One tensor's elements counted, and those that are not right listed (the worst sixteen, by how far they are off).
struct CheckedTensor {
  std::string name;
  std::size_t right = 0, wrong = 0, cannot_tell = 0;
  double largest_error = 0;  // of |gradient − difference| among those that could be told
  std::vector<CheckedElement> doubtful;
};

/// Holds ∂L/∂W and ∂L/∂b of every linear layer, and ∂L/∂x, against central differences of the loss. For each parameter
/// only what it touches is computed again: a column of its own layer, a rank-one change of the next, the layers behind.
/// x (N, in); dW (out, in), db (out) by layer, dx (N, in). Returns W1, b1, W2, b2 … and x, in this order. Throws
/// ShapeError, with the shapes, when net, x, targets and gradients do not fit together; numbers that are not finite are
/// no error, but wrong, or nothing that differences could tell. (Bishop: Pattern Recognition and Machine Learning,
/// 2006, section 5.3.3.)
std::vector<CheckedTensor> check_gradients(const Net<double>& net, const Matrix<double>& x, Loss loss,
                                           const Targets<double>& targets, const Gradients<double>& gradients);

}  // namespace gradwalk
