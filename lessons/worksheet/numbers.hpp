#pragma once

#include <cstdint>
#include <initializer_list>
#include <vector>

#include "gradwalk/nn/random.hpp"

namespace gradwalk::worksheet {

/// Numbers that are easy by hand, drawn from a seed.
class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : random_(seed) {}

  /// One of low … high.
  int between(int low, int high) {
    const int count = high - low + 1;
    return low + static_cast<int>(random_.below(static_cast<std::uint64_t>(count)));
  }
  /// −most … most without 0.
  double integer(int most = 3);
  /// One of ±0.5 … ±2.
  double half();
  bool coin() { return random_.below(2) == 1; }

  template <class T>
  T one_of(std::initializer_list<T> choices) {
    return choices.begin()[random_.below(choices.size())];
  }
  std::vector<double> integers(std::size_t count, int most = 3);
  std::vector<double> halves(std::size_t count);
  /// Probabilities of `classes` classes, multiples of 0.1 or of 0.25, none 0.
  std::vector<double> probabilities(std::size_t classes);

  struct LabelledRows {
    std::vector<double> p, y;  // (rows, classes), (rows)
  };
  /// Rows of probabilities, and a label for each.
  LabelledRows labelled_rows(std::size_t rows, std::size_t classes);

 private:
  Random random_;
};

}  // namespace gradwalk::worksheet
