#include "gradwalk/nn/kernels.hpp"
#include "kernels/levels.hpp"
#include "kernels/shapes.hpp"

namespace gradwalk::kernels {

template <class T>
void linear_forward(const Matrix<T>& x, const Matrix<T>& W, std::span<const T> b, Matrix<T>& z) {
  check_forward("linear_forward", x, W, b.size(), z);
  // z (N, H) = x (N, D) · Wᵀ (D, H) + b
  level().of<T>().product({.m = x.rows(),
                           .n = W.rows(),
                           .k = x.cols(),
                           .A = x.data(),
                           .stride_A = x.cols(),
                           .order_A = Order::as_is,
                           .B = W.data(),
                           .stride_B = W.cols(),
                           .order_B = Order::transposed,
                           .bias = b.data(),
                           .C = z.data(),
                           .stride_C = z.cols()});
}

template <class T>
void linear_backward_dW(const Matrix<T>& dz, const Matrix<T>& x, Matrix<T>& dW) {
  check_dW("linear_backward_dW", dz, x, dW);
  // z[n,j] = … x[n,i]·W[j,i] …:  dW (H, D) = dzᵀ (H, N) · x (N, D)
  level().of<T>().product({.m = dz.cols(),
                           .n = x.cols(),
                           .k = x.rows(),
                           .A = dz.data(),
                           .stride_A = dz.cols(),
                           .order_A = Order::transposed,
                           .B = x.data(),
                           .stride_B = x.cols(),
                           .order_B = Order::as_is,
                           .bias = nullptr,
                           .C = dW.data(),
                           .stride_C = dW.cols()});
}

template <class T>
void linear_backward_db(const Matrix<T>& dz, std::span<T> db) {
  check_db("linear_backward_db", dz, db.size());
  const std::size_t N = dz.rows(), H = dz.cols();
  for (std::size_t j = 0; j < H; ++j) db[j] = T{0};
  for (std::size_t n = 0; n < N; ++n)
    for (std::size_t j = 0; j < H; ++j) db[j] += dz(n, j);  // z[n,j] = … + b[j]:  db[j] += dz[n,j]·1
}

template <class T>
void linear_backward_dx(const Matrix<T>& dz, const Matrix<T>& W, Matrix<T>& dx) {
  check_dx("linear_backward_dx", dz, W, dx);
  // z[n,j] = … x[n,i]·W[j,i] …:  dx (N, D) = dz (N, H) · W (H, D)
  level().of<T>().product({.m = dz.rows(),
                           .n = W.cols(),
                           .k = W.rows(),
                           .A = dz.data(),
                           .stride_A = dz.cols(),
                           .order_A = Order::as_is,
                           .B = W.data(),
                           .stride_B = W.cols(),
                           .order_B = Order::as_is,
                           .bias = nullptr,
                           .C = dx.data(),
                           .stride_C = dx.cols()});
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
