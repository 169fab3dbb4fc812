#pragma once

#include <cstddef>
#include <limits>
#include <vector>

namespace gradwalk::harness {

/// The class that a search through each row of `numbers` (N, classes) ends with, for right and wrong searches: it begins
/// with class 0, or with the class of the row before when it is `kept`, looks at k = 1, 2, …, and takes k for the best so
/// far where replaces(row, k, best) says so.
template <class Replaces>
std::vector<double> search_classes(const std::vector<double>& numbers, std::size_t classes, Replaces replaces,
                                   bool kept = false) {
  std::vector<double> found;
  std::size_t best = 0;
  for (const double* row = numbers.data(); row != numbers.data() + numbers.size(); row += classes) {
    if (!kept) best = 0;
    for (std::size_t k = 1; k < classes; ++k)
      if (replaces(row, k, best)) best = k;
    found.push_back(static_cast<double>(best));
  }
  return found;
}

/// A search whose largest number so far is kept from row to row; a row without a larger one gets class 0, or the class
/// of the row before when that is kept too.
inline std::vector<double> search_classes_so_far(const std::vector<double>& numbers, std::size_t classes,
                                                 bool class_too) {
  std::vector<double> found;
  double top = -std::numeric_limits<double>::infinity(), best = 0;
  for (std::size_t row = 0; row < numbers.size(); row += classes) {
    if (!class_too) best = 0;
    for (std::size_t k = 0; k < classes; ++k)
      if (numbers[row + k] > top) top = numbers[row + k], best = static_cast<double>(k);
    found.push_back(best);
  }
  return found;
}

inline bool is_larger(const double* row, std::size_t k, std::size_t best) { return row[k] > row[best]; }
inline bool is_smaller(const double* row, std::size_t k, std::size_t best) { return row[k] < row[best]; }
/// The search begins at 0: a class is found only where its number is above that.
inline bool is_larger_and_positive(const double* row, std::size_t k, std::size_t best) {
  return row[k] > 0 && row[k] > row[best];
}

}  // namespace gradwalk::harness
