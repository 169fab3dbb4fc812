#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "gradwalk/nn/matrix.hpp"

namespace gradwalk {

/// z = x·Wᵀ + b for a batch x of shape (N, in): W is (out, in), b is (out), z is (N, out). Both may be changed freely;
/// a pass throws ShapeError when W and b do not fit each other any more.
template <class T>
struct Linear {
  Matrix<T> W;
  std::vector<T> b;

  Linear() = default;
  /// All weights zero; initialise_normal (net.hpp) draws them. Note the order: from `in` features to `out`. Throws
  /// ShapeError when in · out is more than std::size_t holds; a width of 0 is not refused here, but by make_net.
  Linear(std::size_t in, std::size_t out) : W(out, in), b(out) {}

  std::size_t in() const { return W.cols(); }
  std::size_t out() const { return W.rows(); }
};

// Elementwise, on (N, H), and softmax of each row of (N, C); forward and local derivative. (Goodfellow, Bengio,
// Courville: Deep Learning, 2016, sections 6.2.2.3 and 6.3.)

struct Tanh {};     // a = tanh(z)                       ∂a/∂z = 1 − a²
struct Sigmoid {};  // a = 1/(1 + exp(−z))               ∂a/∂z = a·(1 − a)
struct ReLU {};     // a = max(z, 0)                     ∂a/∂z = 1 if z > 0, else 0
struct LeakyReLU {  // a = z if z > 0, else slope·z      ∂a/∂z = 1 or slope
  double slope = 0.01;
};
struct Identity {};  // a = z                            ∂a/∂z = 1
struct Softmax {};   // p[k] = exp(z[k]) / Σ_j exp(z[j])  ∂p[k]/∂z[j] = p[k]·(1[k = j] − p[j])

/// One layer of a net.
template <class T>
using Layer = std::variant<Linear<T>, Tanh, Sigmoid, ReLU, LeakyReLU, Identity, Softmax>;

/// Activations that a hidden layer may have, by the name that people type: tanh, sigmoid, relu, leaky-relu, identity.
/// Throws InputError for another name, listing these.
template <class T>
Layer<T> activation_named(const std::string& name);

}  // namespace gradwalk
