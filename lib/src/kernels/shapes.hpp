#pragma once

#include <fmt/format.h>

#include <initializer_list>
#include <string>
#include <string_view>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/matrix.hpp"

namespace gradwalk::kernels {

/// An argument of a kernel as a message names it: "W (3, 2)", "b (3)".
struct Named {
  std::string text;

  template <class T>
  Named(std::string_view name, const Matrix<T>& m) : text(fmt::format("{} ({}, {})", name, m.rows(), m.cols())) {}
  Named(std::string_view name, std::size_t size) : text(fmt::format("{} ({})", name, size)) {}
};

[[noreturn]] inline void refuse(std::string_view kernel, std::initializer_list<Named> arguments) {
  std::string shapes;
  for (const Named& argument : arguments) shapes += (shapes.empty() ? "" : ", ") + argument.text;
  throw ShapeError(fmt::format("{}: the shapes {} do not fit one another", kernel, shapes));
}

template <class T>
bool same_shape(const Matrix<T>& a, const Matrix<T>& b) {
  return a.rows() == b.rows() && a.cols() == b.cols();
}

// x (N, D), W (H, D), b (H), z and dz (N, H); what a kernel writes has its shape already.

template <class T>
void check_forward(std::string_view kernel, const Matrix<T>& x, const Matrix<T>& W, std::size_t b, const Matrix<T>& z) {
  if (x.cols() != W.cols() || b != W.rows() || z.rows() != x.rows() || z.cols() != W.rows())
    refuse(kernel, {{"x", x}, {"W", W}, {"b", b}, {"z", z}});
}

template <class T>
void check_dW(std::string_view kernel, const Matrix<T>& dz, const Matrix<T>& x, const Matrix<T>& dW) {
  if (dz.rows() != x.rows() || dW.rows() != dz.cols() || dW.cols() != x.cols())
    refuse(kernel, {{"dz", dz}, {"x", x}, {"dW", dW}});
}

template <class T>
void check_db(std::string_view kernel, const Matrix<T>& dz, std::size_t db) {
  if (db != dz.cols()) refuse(kernel, {{"dz", dz}, {"db", db}});
}

template <class T>
void check_dx(std::string_view kernel, const Matrix<T>& dz, const Matrix<T>& W, const Matrix<T>& dx) {
  if (dz.cols() != W.rows() || dx.rows() != dz.rows() || dx.cols() != W.cols())
    refuse(kernel, {{"dz", dz}, {"W", W}, {"dx", dx}});
}

}  // namespace gradwalk::kernels
