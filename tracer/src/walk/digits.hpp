#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "walk/mathematics.hpp"

namespace gradwalk::walk {

/// A part of a sum: how it is written, and what it is.
struct Summand {
  Math math;
  double value = 0;
};

/// Largest numbers of rows and columns that a matrix shows in full; of a larger one it shows the first three and the
/// last.
struct GridLimits {
  std::size_t rows = 8, columns = 10;
};

/// Writes numbers with so many significant digits, and remembers where that rounded.
class Digits {
 public:
  explicit Digits(int digits) : digits_(digits) {}

  Math number(double value) const;
  /// In brackets when negative, so that it can stand behind an operator: "(-0.25)".
  Math factor(double value) const;
  /// "-0.5·(-0.25)"
  Math product(double a, double b) const;

  /// a + b − c, in lines of a readable width. Of more than `most` summands only the first three and the last stand
  /// there, and "…" with the count and the sum of the others.
  std::vector<Math> sum(const std::vector<Summand>& summands, std::size_t most = 12) const;

  /// A matrix of rows × columns, its shape beneath.
  static Math matrix(std::size_t rows, std::size_t columns,
                     const std::function<Math(std::size_t r, std::size_t c)>& cell, const std::string& shape,
                     GridLimits limits = {});

 private:
  int digits_;
};

}  // namespace gradwalk::walk
