#pragma once

#include <span>

#include "gradwalk/nn/matrix.hpp"

namespace gradwalk::kernels {

// The arithmetic of the layers. Every output element is summed by one thread, in one order (k = 0, 1, 2, …), so that
// the number of threads cannot change a bit of it. Shapes: N samples, D inputs, H outputs. Outputs must have their
// shape already.
//
// The products run in register tiles (src/kernels/tile.hpp explains them), in the widest vectors that the machine has.
// A product and the addition of it to a sum are rounded once (fused multiply-add) on x86-64-v3, x86-64-v4 and arm64,
// which therefore agree bit for bit; on x86-64-v2, which cannot, they are rounded twice, and the last digits differ.
// The environment variable GRADWALK_LEVEL=x86-64-v2 (or -v3, -v4) chooses among them.

/// z = x·Wᵀ + b.         x (N, D), W (H, D), b (H) → z (N, H)
template <class T>
void linear_forward(const Matrix<T>& x, const Matrix<T>& W, std::span<const T> b, Matrix<T>& z);

/// dW = dzᵀ·x: dW[j,i] = Σ_n dz[n,j]·x[n,i].      dz (N, H), x (N, D) → dW (H, D)
template <class T>
void linear_backward_dW(const Matrix<T>& dz, const Matrix<T>& x, Matrix<T>& dW);

/// db[j] = Σ_n dz[n,j].                            dz (N, H) → db (H)
template <class T>
void linear_backward_db(const Matrix<T>& dz, std::span<T> db);

/// dx = dz·W: dx[n,i] = Σ_j dz[n,j]·W[j,i].        dz (N, H), W (H, D) → dx (N, D)
template <class T>
void linear_backward_dx(const Matrix<T>& dz, const Matrix<T>& W, Matrix<T>& dx);

// Activations: forward z → a, backward (z, a, da) → dz, all of one shape. Any two of the arguments may be the same
// matrix.
template <class T>
void tanh_forward(const Matrix<T>& z, Matrix<T>& a);
template <class T>
void tanh_backward(const Matrix<T>& a, const Matrix<T>& da, Matrix<T>& dz);
template <class T>
void sigmoid_forward(const Matrix<T>& z, Matrix<T>& a);
template <class T>
void sigmoid_backward(const Matrix<T>& a, const Matrix<T>& da, Matrix<T>& dz);
/// ReLU is leaky ReLU with slope 0.
template <class T>
void leaky_relu_forward(const Matrix<T>& z, T slope, Matrix<T>& a);
template <class T>
void leaky_relu_backward(const Matrix<T>& z, const Matrix<T>& da, T slope, Matrix<T>& dz);

/// p[n,k] = exp(z[n,k] − m[n]) / Σ_j exp(z[n,j] − m[n]) with m[n] = max_j z[n,j]: the same value, and no overflow.
template <class T>
void softmax_forward(const Matrix<T>& z, Matrix<T>& p);
/// dz[n,j] = Σ_k dp[n,k]·p[n,k]·(1[k = j] − p[n,j]): the vector–Jacobian product of each row.
template <class T>
void softmax_backward(const Matrix<T>& p, const Matrix<T>& dp, Matrix<T>& dz);

/// The three loops that the products are, to be read and to test the tiles against: the same sums in the same order,
/// with every multiplication and every addition rounded.
namespace plain {
template <class T>
void linear_forward(const Matrix<T>& x, const Matrix<T>& W, std::span<const T> b, Matrix<T>& z);
template <class T>
void linear_backward_dW(const Matrix<T>& dz, const Matrix<T>& x, Matrix<T>& dW);
template <class T>
void linear_backward_dx(const Matrix<T>& dz, const Matrix<T>& W, Matrix<T>& dx);
}  // namespace plain

}  // namespace gradwalk::kernels
