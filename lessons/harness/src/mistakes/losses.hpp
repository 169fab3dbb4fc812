#pragma once

#include <fmt/format.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "gradwalk/tracer/language.hpp"
#include "mistakes/terms.hpp"

// What the mistakes in the losses have in common. N is the batch, C the classes or outputs of a row.

namespace gradwalk::harness {

inline bool is_loss(OpKind k) {
  return k == OpKind::cross_entropy || k == OpKind::softmax_cross_entropy || k == OpKind::binary_logistic ||
         k == OpKind::squared_error || k == OpKind::absolute_error;
}
inline bool is_regression(OpKind k) { return k == OpKind::squared_error || k == OpKind::absolute_error; }

struct Loss {
  explicit Loss(const Site& s)
      : f(s.input(0).value), y(s.input(1).value), N(s.input(0).shape[0]), C(s.input(0).shape[1]) {}
  const std::vector<double>&f, &y;
  std::size_t N, C;
  double batch() const { return static_cast<double>(N); }
  double classes() const { return static_cast<double>(C); }
  std::size_t label(std::size_t n) const { return static_cast<std::size_t>(y[n]); }
};

using Words = std::function<std::string(const Site&)>;
/// The right loss times a factor.
Mistake scaled_loss(std::string_view id, bool (*at)(const Site&), double (*factor)(const Loss&), Words words);

/// The right derivative times a factor.
Mistake scaled_derivative(std::string_view id, bool (*at)(const Site&), double (*factor)(const Loss&), Words words);

/// L as the mean over the rows of row(loss, n).
Mistake other_loss(std::string_view id, bool (*at)(const Site&), double (*row)(const Loss&, std::size_t), Words words);

/// dL/df element by element as element(loss, n, k), 1/N included.
Mistake other_derivative(std::string_view id, bool (*at)(const Site&),
                         double (*element)(const Loss&, std::size_t, std::size_t), Words words);

inline bool batched(const Site& s) { return s.input(0).shape[0] > 1; }
inline bool wide(const Site& s) { return s.input(0).shape[1] > 1; }

template <OpKind kind>
bool at(const Site& s) {
  return s.kind() == kind;
}

void append_regression_mistakes(std::vector<Mistake>& all);
void append_classification_mistakes(std::vector<Mistake>& all);

}  // namespace gradwalk::harness

#define LOSS_WORDS(text) \
  [](const Site& s) { return tr(text, fmt::arg("f", s.input(0).name), fmt::arg("y", s.input(1).name)); }
