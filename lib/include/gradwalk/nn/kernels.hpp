#pragma once

#include <span>

#include "gradwalk/nn/matrix.hpp"

namespace gradwalk::kernels {

// The arithmetic of the layers. N samples, D inputs, H outputs, C classes; a batch is rows. Every output has its shape
// before the call and is overwritten. All functions throw ShapeError, naming the function and the shapes, when these do
// not fit one another, and nothing else. NaN and infinities pass through as IEEE 754 has them. A product may not write
// into one of its inputs; where "in place" is said, any two of the arguments may be the same matrix.
//
// Every output element is summed by one thread, in one order (0, 1, 2, …), so that the number of threads cannot change
// a bit of it. The error of such a sum of n products is at most n·u·Σ|terms| with u = 2⁻²⁴ (float) or 2⁻⁵³ (Higham:
// Accuracy and Stability of Numerical Algorithms, 2nd ed. 2002, section 3.1).
//
// The products run in register tiles (src/kernels/tile.hpp explains them), in the widest vectors that the machine has.
// A product and the addition of it to a sum are rounded once (fused multiply-add) on x86-64-v3, x86-64-v4 and arm64,
// which therefore agree bit for bit; on x86-64-v2, which cannot, they are rounded twice, and the last digits differ.
// The environment variable GRADWALK_LEVEL=x86-64-v2 (or -v3, -v4) chooses among them; the first call of any kernel
// throws InputError when it names a level that this machine has not.
//
// The derivatives are those of Goodfellow, Bengio, Courville: Deep Learning, 2016, section 6.5 (back-propagation), and
// Bishop: Pattern Recognition and Machine Learning, 2006, section 5.3. Defined for T = float and double.

/// z = x·Wᵀ + b: z[n,j] = Σ_i x[n,i]·W[j,i] + b[j], the bias added last.
/// x (N, D), W (H, D), b (H) → z (N, H).
template <class T>
void linear_forward(const Matrix<T>& x, const Matrix<T>& W, std::span<const T> b, Matrix<T>& z);

/// dW = dzᵀ·x: dW[j,i] = Σ_n dz[n,j]·x[n,i], because ∂z[n,j]/∂W[j,i] = x[n,i].
/// dz (N, H), x (N, D) → dW (H, D).
template <class T>
void linear_backward_dW(const Matrix<T>& dz, const Matrix<T>& x, Matrix<T>& dW);

/// db[j] = Σ_n dz[n,j], because ∂z[n,j]/∂b[j] = 1.
/// dz (N, H) → db (H).
template <class T>
void linear_backward_db(const Matrix<T>& dz, std::span<T> db);

/// dx = dz·W: dx[n,i] = Σ_j dz[n,j]·W[j,i], because ∂z[n,j]/∂x[n,i] = W[j,i].
/// dz (N, H), W (H, D) → dx (N, D).
template <class T>
void linear_backward_dx(const Matrix<T>& dz, const Matrix<T>& W, Matrix<T>& dx);

/// a = tanh(z), within 2 units in the last place. z (N, H) → a (N, H), in place or not.
template <class T>
void tanh_forward(const Matrix<T>& z, Matrix<T>& a);
/// dz = da·(1 − a²), a = tanh(z). a, da (N, H) → dz (N, H), in place or not.
template <class T>
void tanh_backward(const Matrix<T>& a, const Matrix<T>& da, Matrix<T>& dz);

/// a = 1/(1 + exp(−z)), by the exponential of −|z|, which cannot overflow. z (N, H) → a (N, H), in place or not.
template <class T>
void sigmoid_forward(const Matrix<T>& z, Matrix<T>& a);
/// dz = da·a·(1 − a), a = sigmoid(z). a, da (N, H) → dz (N, H), in place or not.
template <class T>
void sigmoid_backward(const Matrix<T>& a, const Matrix<T>& da, Matrix<T>& dz);

/// a = z if z > 0, else slope·z; ReLU has slope 0 (Glorot, Bordes, Bengio: Deep Sparse Rectifier Neural Networks, 2011;
/// leaky: Maas, Hannun, Ng: Rectifier Nonlinearities Improve Neural Network Acoustic Models, 2013). Any slope is taken.
/// z (N, H) → a (N, H), in place or not.
template <class T>
void leaky_relu_forward(const Matrix<T>& z, T slope, Matrix<T>& a);
/// dz = da if z > 0, else slope·da: at the kink, z = 0, the side of slope. z, da (N, H) → dz (N, H), in place or not.
template <class T>
void leaky_relu_backward(const Matrix<T>& z, const Matrix<T>& da, T slope, Matrix<T>& dz);

/// p[n,k] = exp(z[n,k] − m[n]) / Σ_j exp(z[n,j] − m[n]) with m[n] = max_j z[n,j]: the same value, and no overflow
/// (Blanchard, D. Higham, N. Higham: Accurately computing the log-sum-exp and softmax functions, 2021).
/// z (N, C) → p (N, C), C ≥ 1, in place or not.
template <class T>
void softmax_forward(const Matrix<T>& z, Matrix<T>& p);
/// dz[n,j] = Σ_k dp[n,k]·p[n,k]·(1[k = j] − p[n,j]): the vector–Jacobian product of each row, summed term by term.
/// p, dp (N, C) → dz (N, C), not in place.
template <class T>
void softmax_backward(const Matrix<T>& p, const Matrix<T>& dp, Matrix<T>& dz);

/// The loops that the products are, to be read and to test the tiles against: the same shapes and the same sums in the
/// same order, with every multiplication and every addition rounded. They throw as the functions above do.
namespace plain {
/// z[n,j] = Σ_i x[n,i]·W[j,i] + b[j]. x (N, D), W (H, D), b (H) → z (N, H).
template <class T>
void linear_forward(const Matrix<T>& x, const Matrix<T>& W, std::span<const T> b, Matrix<T>& z);
/// dW[j,i] = Σ_n dz[n,j]·x[n,i]. dz (N, H), x (N, D) → dW (H, D).
template <class T>
void linear_backward_dW(const Matrix<T>& dz, const Matrix<T>& x, Matrix<T>& dW);
/// db[j] = Σ_n dz[n,j]. dz (N, H) → db (H).
template <class T>
void linear_backward_db(const Matrix<T>& dz, std::span<T> db);
/// dx[n,i] = Σ_j dz[n,j]·W[j,i]. dz (N, H), W (H, D) → dx (N, D).
template <class T>
void linear_backward_dx(const Matrix<T>& dz, const Matrix<T>& W, Matrix<T>& dx);
}  // namespace plain

}  // namespace gradwalk::kernels
