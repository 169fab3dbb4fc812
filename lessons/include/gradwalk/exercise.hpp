#pragma once

// What every exercise starts from. Only light headers: the time to compile this file is the time to grade.
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace gradwalk {

/// Tells which element does not exist, on stderr, and stops the program.
[[noreturn]] inline void no_such_element(std::size_t i, std::size_t j, std::size_t rows, std::size_t cols) {
  std::fprintf(stderr, "element (%zu, %zu) of a %zu x %zu matrix does not exist\n", i, j, rows, cols);
  std::abort();
}

/// rows × cols numbers, all zero at first. m(i, j) is the element in row i and column j, both counted from 0.
template <class T>
class MatrixOf {
 public:
  using value_type = T;

  MatrixOf() = default;
  MatrixOf(std::size_t rows, std::size_t cols, T fill = T(0)) : rows_(rows), cols_(cols), values_(rows * cols, fill) {}

  std::size_t rows() const { return rows_; }
  std::size_t cols() const { return cols_; }

  T& operator()(std::size_t i, std::size_t j) { return values_[index(i, j)]; }
  T operator()(std::size_t i, std::size_t j) const { return values_[index(i, j)]; }

 private:
  std::size_t index(std::size_t i, std::size_t j) const {
    if (i >= rows_ || j >= cols_) no_such_element(i, j, rows_, cols_);
    return i * cols_ + j;
  }

  std::size_t rows_ = 0;
  std::size_t cols_ = 0;
  std::vector<T> values_;
};

}  // namespace gradwalk

using Matrix = gradwalk::MatrixOf<double>;
using Vector = std::vector<double>;
