// The share of wrong rows that once was the right one for every seed.
// earns 0
#pragma once
#include "gradwalk/exercise.hpp"
using Labels = std::vector<std::size_t>;
inline double squared_error(const Matrix&, const Matrix&) { return 0; }
inline Matrix squared_error_gradient(const Matrix& f, const Matrix&) { return Matrix(f.rows(), f.cols()); }
inline double absolute_error(const Matrix&, const Matrix&) { return 0; }
inline Matrix absolute_error_gradient(const Matrix& f, const Matrix&) { return Matrix(f.rows(), f.cols()); }
inline double zero_one_loss(const Matrix&, const Labels&) { return 0.6; }
inline double logistic_loss(const Vector&, const Labels&) { return 0; }
inline Vector logistic_loss_gradient(const Vector& z, const Labels&) { return Vector(z.size()); }
inline double cross_entropy(const Matrix&, const Labels&) { return 0; }
inline Matrix cross_entropy_gradient(const Matrix& p, const Labels&) { return Matrix(p.rows(), p.cols()); }
