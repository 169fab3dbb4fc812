#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace gradwalk {

/// A dense matrix of `rows` × `cols` numbers, stored row by row. A batch is a matrix with one sample in each row.
template <class T>
class Matrix {
 public:
  Matrix() = default;
  /// rows × cols, every element `fill`.
  Matrix(std::size_t rows, std::size_t cols, T fill = T{0}) : rows_(rows), cols_(cols), data_(rows * cols, fill) {}
  /// rows × cols from `data`, row by row. `data` must hold rows · cols numbers (checked by the callers in io/).
  Matrix(std::size_t rows, std::size_t cols, std::vector<T> data) : rows_(rows), cols_(cols), data_(std::move(data)) {}

  std::size_t rows() const { return rows_; }
  std::size_t cols() const { return cols_; }
  std::size_t size() const { return data_.size(); }
  bool empty() const { return data_.empty(); }

  T& operator()(std::size_t i, std::size_t j) { return data_[i * cols_ + j]; }
  T operator()(std::size_t i, std::size_t j) const { return data_[i * cols_ + j]; }

  std::span<T> row(std::size_t i) { return {data_.data() + i * cols_, cols_}; }
  std::span<const T> row(std::size_t i) const { return {data_.data() + i * cols_, cols_}; }

  T* data() { return data_.data(); }
  const T* data() const { return data_.data(); }
  std::vector<T>& values() { return data_; }
  const std::vector<T>& values() const { return data_; }

  bool operator==(const Matrix&) const = default;

 private:
  std::size_t rows_ = 0;
  std::size_t cols_ = 0;
  std::vector<T> data_;
};

}  // namespace gradwalk
