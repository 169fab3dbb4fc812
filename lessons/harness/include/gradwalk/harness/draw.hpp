#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "gradwalk/nn/random.hpp"

namespace gradwalk::harness {

/// The inputs of one check, drawn from a key: the same for the same key on every machine, unknown to the submission.
class Draw {
 public:
  explicit Draw(std::uint64_t key) : random_(key) {}

  /// Numbers of order one, away from 0, of both signs, that float holds exactly and that read short: k/32, |k| in 12
  /// … 56.
  std::vector<double> numbers(std::size_t count);
  /// The same numbers times `scale`, a power of two.
  std::vector<double> numbers(std::size_t count, double scale);
  /// Positive numbers that sum to 1 in each row, none below 0.02.
  std::vector<double> probabilities(std::size_t rows, std::size_t classes);
  /// One label of 0 … classes − 1 for each row, not all the same.
  std::vector<double> labels(std::size_t rows, std::size_t classes);

  Random& random() { return random_; }

 private:
  Random random_;
};

/// The key of a check: from the course's secret, the submission's bytes and the check's name. (FNV-1a, then SplitMix64:
/// Steele, Lea, Flood, OOPSLA 2014.)
std::uint64_t key_of(std::string_view course_key, std::string_view submission, std::string_view check);

}  // namespace gradwalk::harness
