#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "gradwalk/tracer/language.hpp"
#include "mistakes/terms.hpp"

// Formulas of softmax and cross-entropy that are right on paper and give NaN or ∞ in floating point, where a
// probability is 0.

namespace gradwalk::harness {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

bool has_zero_probability(const Site& s) {
  for (const double p : s.input(0).value)
    if (p == 0) return true;
  return false;
}

enum class Subtracted { nothing, maximum_of_row, maximum_of_all };

/// What is subtracted from the logits of a row before they go into exp.
double shift(const Site& s, std::size_t row, Subtracted what) {
  const std::vector<double>& z = s.input(0).value;
  const auto C = static_cast<std::ptrdiff_t>(s.input(0).shape[1]), n = static_cast<std::ptrdiff_t>(row);
  switch (what) {
    case Subtracted::nothing:
      return 0;
    case Subtracted::maximum_of_row:
      return *std::max_element(z.begin() + n * C, z.begin() + (n + 1) * C);
    case Subtracted::maximum_of_all:
      return *std::max_element(z.begin(), z.end());
  }
  return 0;
}

/// The sum of exp(z − shift) in a row, as floating point gives it: it may be 0 or infinite.
double sum_of_exponentials(const Site& s, std::size_t row, double shift) {
  const std::size_t C = s.input(0).shape[1];
  double sum = 0;
  for (std::size_t k = 0; k < C; ++k) sum += std::exp(s.input(0).value[row * C + k] - shift);
  return sum;
}

/// Softmax of the logits as floating point gives it: 0 for a class far below what is subtracted, NaN for 0/0 and ∞/∞.
std::vector<double> probabilities(const Site& s, Subtracted what) {
  const std::vector<double>& z = s.input(0).value;
  const std::size_t C = s.input(0).shape[1];
  std::vector<double> p(z.size());
  for (std::size_t i = 0; i < z.size(); ++i) {
    const double top = shift(s, i / C, what);
    p[i] = std::exp(z[i] - top) / sum_of_exponentials(s, i / C, top);
  }
  return p;
}

double probability_of_label(const Site& s, const std::vector<double>& p, std::size_t row) {
  return p[row * s.input(0).shape[1] + static_cast<std::size_t>(s.input(1).value[row])];
}

#define WORDS(text) [](const Site& s) { return tr(text, fmt::arg("f", s.input(0).name)); }

/// log Σ exp(z) − z[y] and (p − y)/N of the fused op, with something else subtracted than the maximum of the row. The
/// ids are those of the softmax: whoever calls their own softmax here has made one mistake, not two.
void append_fused_shift(std::vector<Mistake>& all, std::string_view id, Subtracted what,
                        const std::function<std::string(const Site&)>& words) {
  all.push_back({id, [](const Site& s) { return s.kind() == OpKind::softmax_cross_entropy && s.is_forward(); },
                 [what](const Site& s) {
                   const std::size_t N = s.input(0).shape[0], C = s.input(0).shape[1];
                   double sum = 0;
                   for (std::size_t n = 0; n < N; ++n) {
                     const double top = shift(s, n, what);
                     sum += top + std::log(sum_of_exponentials(s, n, top)) -
                            s.input(0).value[n * C + static_cast<std::size_t>(s.input(1).value[n])];
                   }
                   return std::vector<double>{sum / static_cast<double>(N)};
                 },
                 words});
  all.push_back({id, [](const Site& s) { return s.kind() == OpKind::softmax_cross_entropy && s.slot == 0; },
                 [what](const Site& s) {
                   const std::vector<double> p = probabilities(s, what);
                   return sum_of_terms(s, [&](AlteredTerm& t) {
                     if (std::isnan(p[t.index])) t.local = nan;
                     return true;
                   });
                 },
                 words});
}

}  // namespace

void append_unstable_mistakes(std::vector<Mistake>& all) {
  all.push_back(
      {"ce-zero-times-log",
       [](const Site& s) { return s.kind() == OpKind::cross_entropy && s.is_forward() && has_zero_probability(s); },
       [](const Site&) { return std::vector<double>{nan}; },
       WORDS("with y·log({f}) summed over every class: where {f} is 0, 0·log 0 is NaN")});
  all.push_back(
      {"ce-zero-over-zero",
       [](const Site& s) { return s.kind() == OpKind::cross_entropy && s.slot == 0 && has_zero_probability(s); },
       [](const Site& s) {
         return sum_of_terms(s, [&](AlteredTerm& t) {
           if (s.input(0).value[t.index] == 0) t.local = nan;
           return true;
         });
       },
       WORDS("with −y/{f} in every class: where {f} is 0, 0/0 is NaN")});
  all.push_back({"fused-log-of-zero",
                 [](const Site& s) { return s.kind() == OpKind::softmax_cross_entropy && s.is_forward(); },
                 [](const Site& s) {
                   const std::vector<double> p = probabilities(s, Subtracted::maximum_of_row);
                   const std::size_t N = s.input(0).shape[0];
                   double sum = 0;
                   for (std::size_t n = 0; n < N; ++n) sum -= std::log(probability_of_label(s, p, n));
                   return std::vector<double>{sum / static_cast<double>(N)};
                 },
                 WORDS("with the logarithm of the finished softmax: where {f} is saturated, it is log 0")});
  all.push_back({"fused-through-jacobian",
                 [](const Site& s) { return s.kind() == OpKind::softmax_cross_entropy && s.slot == 0; },
                 [](const Site& s) {
                   const std::vector<double> p = probabilities(s, Subtracted::maximum_of_row);
                   const std::size_t C = s.input(0).shape[1];
                   return sum_of_terms(s, [&](AlteredTerm& t) {
                     // −1/p[c] for dp[c], then p·(dp − Σ dp·p): ∞·0 where p[c] is 0.
                     if (probability_of_label(s, p, t.index / C) == 0) t.local = nan;
                     return true;
                   });
                 },
                 WORDS("with the two derivatives one after the other: where the softmax of {f} is 0, 1/0·0 is NaN")});
  append_fused_shift(all, "softmax-no-maximum", Subtracted::nothing,
                     WORDS("with exp({f}) taken of {f} itself: without the row's maximum subtracted it overflows"));
  append_fused_shift(all, "softmax-global-maximum", Subtracted::maximum_of_all,
                     WORDS("with the maximum of the whole matrix subtracted: a row far below it becomes 0/0"));
}

#undef WORDS

}  // namespace gradwalk::harness
