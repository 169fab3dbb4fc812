#include "gradwalk/nn/kernels.hpp"
#include "kernels/shapes.hpp"

namespace gradwalk::kernels::plain {

// What the tiled product computes, as the formulas are read: three loops each. tile.hpp goes from here to the fast one.

template <class T>
void linear_forward(const Matrix<T>& x, const Matrix<T>& W, std::span<const T> b, Matrix<T>& z) {
  check_forward("plain::linear_forward", x, W, b.size(), z);
  for (std::size_t n = 0; n < x.rows(); ++n)
    for (std::size_t j = 0; j < W.rows(); ++j) {
      T sum{0};
      for (std::size_t i = 0; i < x.cols(); ++i) sum += x(n, i) * W(j, i);
      z(n, j) = sum + b[j];  // z[n,j] = Σ_i x[n,i]·W[j,i] + b[j]
    }
}

template <class T>
void linear_backward_dW(const Matrix<T>& dz, const Matrix<T>& x, Matrix<T>& dW) {
  check_dW("plain::linear_backward_dW", dz, x, dW);
  for (std::size_t j = 0; j < dz.cols(); ++j)
    for (std::size_t i = 0; i < x.cols(); ++i) {
      T sum{0};
      for (std::size_t n = 0; n < x.rows(); ++n) sum += dz(n, j) * x(n, i);
      dW(j, i) = sum;  // z[n,j] = … x[n,i]·W[j,i] …:  dW[j,i] = Σ_n dz[n,j]·x[n,i]
    }
}

template <class T>
void linear_backward_dx(const Matrix<T>& dz, const Matrix<T>& W, Matrix<T>& dx) {
  check_dx("plain::linear_backward_dx", dz, W, dx);
  for (std::size_t n = 0; n < dz.rows(); ++n)
    for (std::size_t i = 0; i < W.cols(); ++i) {
      T sum{0};
      for (std::size_t j = 0; j < W.rows(); ++j) sum += dz(n, j) * W(j, i);
      dx(n, i) = sum;  // z[n,j] = … x[n,i]·W[j,i] …:  dx[n,i] = Σ_j dz[n,j]·W[j,i]
    }
}

template void linear_forward(const Matrix<float>&, const Matrix<float>&, std::span<const float>, Matrix<float>&);
template void linear_forward(const Matrix<double>&, const Matrix<double>&, std::span<const double>, Matrix<double>&);
template void linear_backward_dW(const Matrix<float>&, const Matrix<float>&, Matrix<float>&);
template void linear_backward_dW(const Matrix<double>&, const Matrix<double>&, Matrix<double>&);
template void linear_backward_dx(const Matrix<float>&, const Matrix<float>&, Matrix<float>&);
template void linear_backward_dx(const Matrix<double>&, const Matrix<double>&, Matrix<double>&);

}  // namespace gradwalk::kernels::plain
