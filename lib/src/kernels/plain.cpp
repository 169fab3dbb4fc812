#include "gradwalk/nn/kernels.hpp"
#include "kernels/shapes.hpp"

namespace gradwalk::kernels::plain {

// What the tiled products compute, as the formulas are read: a loop for each index. N samples, D inputs, H outputs.
//
// From here to the fast ones, in this order: this file; tile.hpp, why a tile and what it keeps in registers; panel.hpp,
// how an operand is laid out for it; product.hpp, a whole product of tiles; engine/step.hpp, a training step of
// products.

// x (N, D), W (H, D), b (H) → z (N, H)
template <class T>
void linear_forward(const Matrix<T>& x, const Matrix<T>& W, std::span<const T> b, Matrix<T>& z) {
  check_forward("plain::linear_forward", x, W, b.size(), z);
  for (std::size_t n = 0; n < x.rows(); ++n)      // N
    for (std::size_t j = 0; j < W.rows(); ++j) {  // H
      T sum{0};
      for (std::size_t i = 0; i < x.cols(); ++i) sum += x(n, i) * W(j, i);  // D
      z(n, j) = sum + b[j];                                                 // z[n,j] = Σ_i x[n,i]·W[j,i] + b[j]
    }
}

// dz (N, H), x (N, D) → dW (H, D)
template <class T>
void linear_backward_dW(const Matrix<T>& dz, const Matrix<T>& x, Matrix<T>& dW) {
  check_dW("plain::linear_backward_dW", dz, x, dW);
  for (std::size_t j = 0; j < dz.cols(); ++j)     // H
    for (std::size_t i = 0; i < x.cols(); ++i) {  // D
      T sum{0};
      for (std::size_t n = 0; n < x.rows(); ++n) sum += dz(n, j) * x(n, i);  // N
      dW(j, i) = sum;  // z[n,j] = … x[n,i]·W[j,i] …:  dW[j,i] = Σ_n dz[n,j]·x[n,i]
    }
}

// dz (N, H) → db (H)
template <class T>
void linear_backward_db(const Matrix<T>& dz, std::span<T> db) {
  check_db("plain::linear_backward_db", dz, db.size());
  for (std::size_t j = 0; j < dz.cols(); ++j) {  // H
    T sum{0};
    for (std::size_t n = 0; n < dz.rows(); ++n) sum += dz(n, j);  // N
    db[j] = sum;                                                  // z[n,j] = … + b[j]:  db[j] = Σ_n dz[n,j]·1
  }
}

// dz (N, H), W (H, D) → dx (N, D)
template <class T>
void linear_backward_dx(const Matrix<T>& dz, const Matrix<T>& W, Matrix<T>& dx) {
  check_dx("plain::linear_backward_dx", dz, W, dx);
  for (std::size_t n = 0; n < dz.rows(); ++n)     // N
    for (std::size_t i = 0; i < W.cols(); ++i) {  // D
      T sum{0};
      for (std::size_t j = 0; j < W.rows(); ++j) sum += dz(n, j) * W(j, i);  // H
      dx(n, i) = sum;  // z[n,j] = … x[n,i]·W[j,i] …:  dx[n,i] = Σ_j dz[n,j]·W[j,i]
    }
}

template void linear_forward(const Matrix<float>&, const Matrix<float>&, std::span<const float>, Matrix<float>&);
template void linear_forward(const Matrix<double>&, const Matrix<double>&, std::span<const double>, Matrix<double>&);
template void linear_backward_dW(const Matrix<float>&, const Matrix<float>&, Matrix<float>&);
template void linear_backward_dW(const Matrix<double>&, const Matrix<double>&, Matrix<double>&);
template void linear_backward_db(const Matrix<float>&, std::span<float>);
template void linear_backward_db(const Matrix<double>&, std::span<double>);
template void linear_backward_dx(const Matrix<float>&, const Matrix<float>&, Matrix<float>&);
template void linear_backward_dx(const Matrix<double>&, const Matrix<double>&, Matrix<double>&);

}  // namespace gradwalk::kernels::plain
