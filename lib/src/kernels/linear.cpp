#include "gradwalk/nn/kernels.hpp"
#include "kernels/parallel.hpp"

namespace gradwalk::kernels {

// The loop over the last index of the output is innermost in every product: it runs along rows in memory, and the
// compiler turns it into vector instructions without changing the order of any sum.

template <class T>
void linear_forward(const Matrix<T>& x, const Matrix<T>& W, std::span<const T> b, Matrix<T>& z) {
  const std::size_t N = x.rows(), D = x.cols(), H = W.rows();
  Matrix<T> Wt(D, H);  // Wᵀ, so that a step of i reads a row
  for (std::size_t j = 0; j < H; ++j)
    for (std::size_t i = 0; i < D; ++i) Wt(i, j) = W(j, i);

#pragma omp parallel for if (N * D * H > worth_threads)
  for (std::size_t n = 0; n < N; ++n) {
    T* zn = z.row(n).data();
    for (std::size_t j = 0; j < H; ++j) zn[j] = T{0};
    for (std::size_t i = 0; i < D; ++i) {
      const T xni = x(n, i);
      const T* w = Wt.row(i).data();
      for (std::size_t j = 0; j < H; ++j) zn[j] += xni * w[j];  // z[n,j] = Σ_i x[n,i]·W[j,i]
    }
    for (std::size_t j = 0; j < H; ++j) zn[j] += b[j];  // … + b[j]
  }
}

template <class T>
void linear_backward_dW(const Matrix<T>& dz, const Matrix<T>& x, Matrix<T>& dW) {
  const std::size_t N = x.rows(), D = x.cols(), H = dz.cols();
#pragma omp parallel for if (N * D * H > worth_threads)
  for (std::size_t j = 0; j < H; ++j) {
    T* dw = dW.row(j).data();
    for (std::size_t i = 0; i < D; ++i) dw[i] = T{0};
    for (std::size_t n = 0; n < N; ++n) {
      const T d = dz(n, j);
      const T* xn = x.row(n).data();
      for (std::size_t i = 0; i < D; ++i) dw[i] += d * xn[i];  // z[n,j] = … x[n,i]·W[j,i] …:  dW[j,i] += dz[n,j]·x[n,i]
    }
  }
}

template <class T>
void linear_backward_db(const Matrix<T>& dz, std::span<T> db) {
  const std::size_t N = dz.rows(), H = dz.cols();
  for (std::size_t j = 0; j < H; ++j) db[j] = T{0};
  for (std::size_t n = 0; n < N; ++n)
    for (std::size_t j = 0; j < H; ++j) db[j] += dz(n, j);  // z[n,j] = … + b[j]:  db[j] += dz[n,j]·1
}

template <class T>
void linear_backward_dx(const Matrix<T>& dz, const Matrix<T>& W, Matrix<T>& dx) {
  const std::size_t N = dz.rows(), H = W.rows(), D = W.cols();
#pragma omp parallel for if (N * D * H > worth_threads)
  for (std::size_t n = 0; n < N; ++n) {
    T* dxn = dx.row(n).data();
    for (std::size_t i = 0; i < D; ++i) dxn[i] = T{0};
    for (std::size_t j = 0; j < H; ++j) {
      const T d = dz(n, j);
      const T* w = W.row(j).data();
      for (std::size_t i = 0; i < D; ++i) dxn[i] += d * w[i];  // z[n,j] = … x[n,i]·W[j,i] …:  dx[n,i] += dz[n,j]·W[j,i]
    }
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

}  // namespace gradwalk::kernels
