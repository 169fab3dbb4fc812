#include <algorithm>

#include "gradwalk/nn/kernels.hpp"
#include "kernels/levels.hpp"
#include "kernels/parallel.hpp"
#include "kernels/shapes.hpp"

namespace gradwalk::kernels {

namespace {

/// out[i] = f(i) for every element of a matrix.
template <class T, class F>
void elementwise(Matrix<T>& out, F f) {
  T* values = out.data();
  const std::size_t size = out.size();
#pragma omp parallel for if (size > worth_threads / 4)
  for (std::size_t i = 0; i < size; ++i) values[i] = f(i);
}

/// a = f(z) in the vectors of elementwise.hpp.
template <class T>
void activate(Activation f, T slope, const Matrix<T>& z, Matrix<T>& a) {
  constexpr std::size_t piece = 4096;
  const auto& kernels = level().of<T>();
  const T* from = z.data();
  T* to = a.data();
  const std::size_t size = a.size();
#pragma omp parallel for if (size > worth_threads / 4)
  for (std::size_t i = 0; i < size; i += piece) kernels.activate(f, slope, from + i, to + i, std::min(piece, size - i));
}

}  // namespace

template <class T>
void tanh_forward(const Matrix<T>& z, Matrix<T>& a) {
  if (!same_shape(z, a)) refuse("tanh_forward", {{"z", z}, {"a", a}});
  activate(Activation::tanh, T{0}, z, a);
}

template <class T>
void tanh_backward(const Matrix<T>& a, const Matrix<T>& da, Matrix<T>& dz) {
  if (!same_shape(a, da) || !same_shape(a, dz)) refuse("tanh_backward", {{"a", a}, {"da", da}, {"dz", dz}});
  // a = tanh(z):  dz = da·(1 − a²)
  elementwise(dz, [a = a.data(), da = da.data()](std::size_t i) { return da[i] * (T{1} - a[i] * a[i]); });
}

template <class T>
void sigmoid_forward(const Matrix<T>& z, Matrix<T>& a) {
  if (!same_shape(z, a)) refuse("sigmoid_forward", {{"z", z}, {"a", a}});
  activate(Activation::sigmoid, T{0}, z, a);
}

template <class T>
void sigmoid_backward(const Matrix<T>& a, const Matrix<T>& da, Matrix<T>& dz) {
  if (!same_shape(a, da) || !same_shape(a, dz)) refuse("sigmoid_backward", {{"a", a}, {"da", da}, {"dz", dz}});
  // a = sigmoid(z):  dz = da·a·(1 − a)
  elementwise(dz, [a = a.data(), da = da.data()](std::size_t i) { return da[i] * (a[i] * (T{1} - a[i])); });
}

template <class T>
void leaky_relu_forward(const Matrix<T>& z, T slope, Matrix<T>& a) {
  if (!same_shape(z, a)) refuse("leaky_relu_forward", {{"z", z}, {"a", a}});
  activate(Activation::leaky_relu, slope, z, a);
}

template <class T>
void leaky_relu_backward(const Matrix<T>& z, const Matrix<T>& da, T slope, Matrix<T>& dz) {
  if (!same_shape(z, da) || !same_shape(z, dz)) refuse("leaky_relu_backward", {{"z", z}, {"da", da}, {"dz", dz}});
  // a = z if z > 0 else slope·z:  dz = da·1 or da·slope
  elementwise(dz,
              [z = z.data(), da = da.data(), slope](std::size_t i) { return da[i] * (z[i] > T{0} ? T{1} : slope); });
}

template void tanh_forward(const Matrix<float>&, Matrix<float>&);
template void tanh_forward(const Matrix<double>&, Matrix<double>&);
template void tanh_backward(const Matrix<float>&, const Matrix<float>&, Matrix<float>&);
template void tanh_backward(const Matrix<double>&, const Matrix<double>&, Matrix<double>&);
template void sigmoid_forward(const Matrix<float>&, Matrix<float>&);
template void sigmoid_forward(const Matrix<double>&, Matrix<double>&);
template void sigmoid_backward(const Matrix<float>&, const Matrix<float>&, Matrix<float>&);
template void sigmoid_backward(const Matrix<double>&, const Matrix<double>&, Matrix<double>&);
template void leaky_relu_forward(const Matrix<float>&, float, Matrix<float>&);
template void leaky_relu_forward(const Matrix<double>&, double, Matrix<double>&);
template void leaky_relu_backward(const Matrix<float>&, const Matrix<float>&, float, Matrix<float>&);
template void leaky_relu_backward(const Matrix<double>&, const Matrix<double>&, double, Matrix<double>&);

}  // namespace gradwalk::kernels
