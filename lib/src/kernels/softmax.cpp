#include <algorithm>
#include <numeric>

#include "gradwalk/nn/kernels.hpp"
#include "kernels/levels.hpp"
#include "kernels/shapes.hpp"

namespace gradwalk::kernels {

template <class T>
void softmax_forward(const Matrix<T>& z, Matrix<T>& p) {
  if (!same_shape(z, p) || z.cols() == 0) refuse("softmax_forward", {{"z", z}, {"p", p}});
  for (std::size_t n = 0; n < z.rows(); ++n) {
    const auto zn = z.row(n);  // (C)
    const auto pn = p.row(n);  // (C)
    const T m = *std::max_element(zn.begin(), zn.end());
    for (std::size_t k = 0; k < zn.size(); ++k) pn[k] = zn[k] - m;
  }
  level().of<T>().activate(Activation::exp, T{0}, p.data(), p.data(), p.size());
  for (std::size_t n = 0; n < p.rows(); ++n) {
    const auto pn = p.row(n);  // (C)
    const T sum = std::accumulate(pn.begin(), pn.end(), T{0});
    for (T& pnk : pn) pnk /= sum;  // p[k] = exp(z[k] − m) / Σ_j exp(z[j] − m)
  }
}

template <class T>
void softmax_backward(const Matrix<T>& p, const Matrix<T>& dp, Matrix<T>& dz) {
  if (!same_shape(p, dp) || !same_shape(p, dz)) refuse("softmax_backward", {{"p", p}, {"dp", dp}, {"dz", dz}});
  for (std::size_t n = 0; n < p.rows(); ++n) {
    const auto pn = p.row(n), dpn = dp.row(n);  // (C)
    const auto dzn = dz.row(n);                 // (C)
    for (std::size_t j = 0; j < pn.size(); ++j) {
      // p[k] = exp(z[k]) / Σ_i exp(z[i]):  ∂p[k]/∂z[j] = p[k]·(1[k = j] − p[j]),  dz[j] = Σ_k dp[k]·∂p[k]/∂z[j].
      // Summed term by term, as the Jacobian says. Factoring p[j] out would subtract two numbers that nearly cancel
      // when p[j] is close to 1, and the terms of the record would no longer add up to what was computed.
      T sum{0};
      for (std::size_t k = 0; k < pn.size(); ++k) {
        const T local = pn[k] * ((k == j ? T{1} : T{0}) - pn[j]);  // ∂p[k]/∂z[j]
        sum += dpn[k] * local;
      }
      dzn[j] = sum;
    }
  }
}

template void softmax_forward(const Matrix<float>&, Matrix<float>&);
template void softmax_forward(const Matrix<double>&, Matrix<double>&);
template void softmax_backward(const Matrix<float>&, const Matrix<float>&, Matrix<float>&);
template void softmax_backward(const Matrix<double>&, const Matrix<double>&, Matrix<double>&);

}  // namespace gradwalk::kernels
