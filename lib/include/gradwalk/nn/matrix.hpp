#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "gradwalk/nn/error.hpp"

namespace gradwalk {

/// A dense matrix of `rows` × `cols` numbers, stored row by row: element (i, j) is number i·cols + j. A batch is a
/// matrix with one sample in each row. Nothing but the constructors checks anything or throws, beside std::bad_alloc.
template <class T>
class Matrix {
 public:
  /// (0, 0)
  Matrix() = default;
  /// rows × cols, every element `fill`. Throws ShapeError when rows · cols is more than std::size_t holds.
  Matrix(std::size_t rows, std::size_t cols, T fill = T{0})
      : rows_(rows), cols_(cols), data_(size_of(rows, cols), fill) {}
  /// rows × cols from `data`, row by row. Throws ShapeError when `data` does not hold rows · cols numbers.
  Matrix(std::size_t rows, std::size_t cols, std::vector<T> data) : rows_(rows), cols_(cols), data_(std::move(data)) {
    if (data_.size() != size_of(rows, cols))
      throw ShapeError(std::to_string(data_.size()) + " numbers are no matrix " + shape_text(rows, cols));
  }

  std::size_t rows() const { return rows_; }
  std::size_t cols() const { return cols_; }
  /// rows() · cols()
  std::size_t size() const { return data_.size(); }
  bool empty() const { return data_.empty(); }

  // Element (i, j) and row i. i < rows() and j < cols() is not checked: they are in every inner loop.

  T& operator()(std::size_t i, std::size_t j) { return data_[i * cols_ + j]; }
  T operator()(std::size_t i, std::size_t j) const { return data_[i * cols_ + j]; }

  std::span<T> row(std::size_t i) { return {data_.data() + i * cols_, cols_}; }
  std::span<const T> row(std::size_t i) const { return {data_.data() + i * cols_, cols_}; }

  // All numbers, row after row. `values` may change, its size may not.

  T* data() { return data_.data(); }
  const T* data() const { return data_.data(); }
  std::vector<T>& values() { return data_; }
  const std::vector<T>& values() const { return data_; }

  /// The same shape and equal numbers: −0 equals 0, and NaN equals nothing.
  bool operator==(const Matrix&) const = default;

 private:
  static std::string shape_text(std::size_t rows, std::size_t cols) {
    return '(' + std::to_string(rows) + ", " + std::to_string(cols) + ')';
  }
  static std::size_t size_of(std::size_t rows, std::size_t cols) {
    if (cols != 0 && rows > std::numeric_limits<std::size_t>::max() / cols)
      throw ShapeError("a matrix " + shape_text(rows, cols) + " has more elements than can be counted");
    return rows * cols;
  }

  std::size_t rows_ = 0;
  std::size_t cols_ = 0;
  std::vector<T> data_;
};

}  // namespace gradwalk
