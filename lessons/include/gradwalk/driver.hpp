#pragma once

// How a lesson's driver.cpp answers the judge. A driver is compiled together with the student's file; it gets tensors,
// calls what the student wrote, and gives tensors back. It never judges, and nothing it could say would be believed.
#include <cstddef>
#include <vector>

#include "gradwalk/exercise.hpp"

namespace gradwalk::driver {

struct Tensor {
  const char* name = "";
  std::size_t rank = 0;
  std::size_t dims[4] = {};
  std::vector<double> values;

  std::size_t dim(std::size_t axis) const { return axis < rank ? dims[axis] : 1; }
};

/// One request of the judge: the tensors that came in by name, and the ones that go out.
class Call {
 public:
  bool has(const char* name) const;
  const Tensor& operator[](const char* name) const;
  double scalar(const char* name) const { return (*this)[name].values[0]; }

  /// The tensor as the type that the student's code takes: made from (rows, cols), with m(i, j); or rows of rows,
  /// m[i][j].
  template <class M>
  M matrix(const char* name) const {
    const Tensor& t = (*this)[name];
    const std::size_t rows = t.dim(0), cols = t.dim(1);
    if constexpr (requires(M m) { m(rows, cols); }) {
      M m(rows, cols);
      for (std::size_t i = 0; i < rows; ++i)
        for (std::size_t j = 0; j < cols; ++j) m(i, j) = t.values[i * cols + j];
      return m;
    } else {
      M m(rows, typename M::value_type(cols));
      for (std::size_t i = 0; i < rows; ++i)
        for (std::size_t j = 0; j < cols; ++j) m[i][j] = t.values[i * cols + j];
      return m;
    }
  }
  /// The tensor as anything that is made from a length and has v[i].
  template <class V>
  V vector(const char* name) const {
    const Tensor& t = (*this)[name];
    V v(t.values.size());
    for (std::size_t i = 0; i < t.values.size(); ++i) v[i] = t.values[i];
    return v;
  }

  void answer(const char* name, double value);
  template <class M>
  void answer_matrix(const char* name, const M& m) {
    if constexpr (requires { m.rows(); }) {
      double* out = open(name, m.rows(), m.cols());
      for (std::size_t i = 0; i < m.rows(); ++i)
        for (std::size_t j = 0; j < m.cols(); ++j) *out++ = m(i, j);
    } else {
      const std::size_t cols = m.size() ? m[0].size() : 0;
      double* out = open(name, m.size(), cols);
      for (const auto& row : m)
        for (std::size_t j = 0; j < cols; ++j) *out++ = j < row.size() ? row[j] : 0;
    }
  }
  template <class V>
  void answer_vector(const char* name, const V& v) {
    double* out = open(name, v.size());
    for (std::size_t i = 0; i < v.size(); ++i) *out++ = v[i];
  }

  std::vector<Tensor> in, out;

 private:
  double* open(const char* name, std::size_t rows, std::size_t cols);
  double* open(const char* name, std::size_t size);
};

/// What a driver offers. Its functions stand in a namespace with a name: in one without, a student's global `step` would
/// make the driver's ambiguous. They take `Call&`, so that nobody can declare a better match. driver.cpp defines `const Function gradwalk_functions[]`, ended by {nullptr, nullptr}.
struct Function {
  const char* name;
  void (*run)(Call&);
};

}  // namespace gradwalk::driver

extern const gradwalk::driver::Function gradwalk_functions[];

// What nearly every submission needs is compiled once, in driver/main.cpp, and not again with each of them.
extern template class std::vector<double>;
extern template class gradwalk::MatrixOf<double>;
extern template Matrix gradwalk::driver::Call::matrix<Matrix>(const char*) const;
extern template Vector gradwalk::driver::Call::vector<Vector>(const char*) const;
extern template void gradwalk::driver::Call::answer_matrix<Matrix>(const char*, const Matrix&);
extern template void gradwalk::driver::Call::answer_vector<Vector>(const char*, const Vector&);
