#include <cmath>
#include <limits>
#include <utility>

#include "mistakes/losses.hpp"
#include "propagation.hpp"

// Mistakes in the squared and the absolute error.

namespace gradwalk::harness {
namespace {

#define WORDS(text) LOSS_WORDS(text)

bool meets_its_target(const Site& s) {
  if (s.kind() != OpKind::absolute_error || s.slot != 0) return false;
  const Loss loss(s);
  for (std::size_t i = 0; i < loss.f.size(); ++i)
    if (loss.f[i] == loss.y[i]) return true;
  return false;
}

/// df with another slope where f = y.
Mistake slope_at_kink(std::string_view id, double slope, Words words) {
  return {id, meets_its_target,
          [slope](const Site& s) {
            const Loss loss(s);
            std::vector<double> df = contribution(s.record(), s.the_op(), 0);
            for (std::size_t i = 0; i < df.size(); ++i)
              if (loss.f[i] == loss.y[i]) df[i] = slope * s.output().gradient[0] / loss.batch();
            return df;
          },
          std::move(words)};
}

void append_slopes_at_kink(std::vector<Mistake>& all) {
  // Whoever tells two cases apart, not three, has the slope of one side.
  for (const double slope : {-1.0, 1.0})
    all.push_back(
        slope_at_kink("absolute-at-kink", slope, WORDS("with a slope at the kink {f} = {y}, where 0 belongs")));
  all.push_back(
      slope_at_kink("absolute-quotient", std::numeric_limits<double>::quiet_NaN(),
                    WORDS("with the sign as a quotient, ({f} − {y})/|{f} − {y}|: at the kink {f} = {y} it is 0/0")));
}

}  // namespace

void append_regression_mistakes(std::vector<Mistake>& all) {
  append_slopes_at_kink(all);
  all.push_back(scaled_derivative(
      "squared-no-two", at<OpKind::squared_error>, [](const Loss&) { return 0.5; },
      WORDS("with the factor 2 of the square left out")));
  all.push_back(other_derivative(
      "squared-as-absolute", at<OpKind::squared_error>,
      [](const Loss& l, std::size_t n, std::size_t k) {
        return (l.f[n * l.C + k] > l.y[n * l.C + k] ? 1 : -1) / l.batch();
      },
      WORDS("with the sign of {f} − {y} only, as for the absolute error")));
  all.push_back(other_derivative(
      "squared-no-target", at<OpKind::squared_error>,
      [](const Loss& l, std::size_t n, std::size_t k) { return 2 * l.f[n * l.C + k] / l.batch(); },
      WORDS("with 2·{f}/N: the target {y} is left out")));
  all.push_back(other_derivative(
      "squared-difference-squared", at<OpKind::squared_error>,
      [](const Loss& l, std::size_t n, std::size_t k) {
        const double e = l.f[n * l.C + k] - l.y[n * l.C + k];
        return e * e / l.batch();
      },
      WORDS("with the squared error itself, where its derivative 2·({f} − {y}) belongs")));
  all.push_back(other_derivative(
      "squared-absolute-difference", at<OpKind::squared_error>,
      [](const Loss& l, std::size_t n, std::size_t k) {
        return 2 * std::abs(l.f[n * l.C + k] - l.y[n * l.C + k]) / l.batch();
      },
      WORDS("with 2·|{f} − {y}|: the sign is lost")));
  all.push_back(other_derivative(
      "absolute-no-sign", at<OpKind::absolute_error>,
      [](const Loss& l, std::size_t n, std::size_t k) { return (l.f[n * l.C + k] - l.y[n * l.C + k]) / l.batch(); },
      WORDS("with the difference {f} − {y}, where only its sign belongs")));
  all.push_back(other_derivative(
      "absolute-as-squared", at<OpKind::absolute_error>,
      [](const Loss& l, std::size_t n, std::size_t k) { return 2 * (l.f[n * l.C + k] - l.y[n * l.C + k]) / l.batch(); },
      WORDS("with the derivative of the squared error")));
  all.push_back(other_derivative(
      "absolute-always-one", at<OpKind::absolute_error>,
      [](const Loss& l, std::size_t, std::size_t) { return 1 / l.batch(); },
      WORDS("with 1 where the sign of {f} − {y} belongs")));
  all.push_back(other_derivative(
      "absolute-value-for-slope", at<OpKind::absolute_error>,
      [](const Loss& l, std::size_t n, std::size_t k) {
        return std::abs(l.f[n * l.C + k] - l.y[n * l.C + k]) / l.batch();
      },
      WORDS("with |{f} − {y}| itself, where its slope, the sign of {f} − {y}, belongs")));
  all.push_back(other_derivative(
      "absolute-sign-of-f", at<OpKind::absolute_error>,
      [](const Loss& l, std::size_t n, std::size_t k) {
        const double f = l.f[n * l.C + k];
        return (double(f > 0) - double(f < 0)) / l.batch();
      },
      WORDS("with the sign of {f}, where that of {f} − {y} belongs")));
  all.push_back(other_derivative(
      "absolute-zero-below", at<OpKind::absolute_error>,
      [](const Loss& l, std::size_t n, std::size_t k) {
        return (l.f[n * l.C + k] > l.y[n * l.C + k] ? 1 : 0) / l.batch();
      },
      WORDS("with 0 where {f} < {y}, where −1 belongs")));
  all.push_back(other_loss(
      "squared-is-absolute", at<OpKind::squared_error>,
      [](const Loss& l, std::size_t n) {
        double sum = 0;
        for (std::size_t k = 0; k < l.C; ++k) sum += std::abs(l.f[n * l.C + k] - l.y[n * l.C + k]);
        return sum;
      },
      WORDS("with |{f} − {y}| for its square")));
  all.push_back(other_loss(
      "absolute-is-squared", at<OpKind::absolute_error>,
      [](const Loss& l, std::size_t n) {
        double sum = 0;
        for (std::size_t k = 0; k < l.C; ++k)
          sum += (l.f[n * l.C + k] - l.y[n * l.C + k]) * (l.f[n * l.C + k] - l.y[n * l.C + k]);
        return sum;
      },
      WORDS("with ({f} − {y})² for |{f} − {y}|")));
  all.push_back(other_loss(
      "regression-no-absolute", [](const Site& s) { return is_regression(s.kind()); },
      [](const Loss& l, std::size_t n) {
        double sum = 0;
        for (std::size_t k = 0; k < l.C; ++k) sum += l.f[n * l.C + k] - l.y[n * l.C + k];
        return sum;
      },
      WORDS("with {f} − {y} as it is: errors of different signs cancel")));
  all.push_back({"squared-root", [](const Site& s) { return s.is_forward() && s.kind() == OpKind::squared_error; },
                 [](const Site& s) { return std::vector<double>{std::sqrt(values_of(s.record(), s.the_op())[0])}; },
                 WORDS("with the square root taken of the mean")});
  all.push_back(
      {"regression-last-row",
       [](const Site& s) { return s.is_forward() && is_loss(s.kind()) && batched(s) && is_regression(s.kind()); },
       [](const Site& s) {
         const Loss l(s);
         double sum = 0;
         for (std::size_t k = 0; k < l.C; ++k) {
           const double e = l.f[(l.N - 1) * l.C + k] - l.y[(l.N - 1) * l.C + k];
           sum += s.kind() == OpKind::squared_error ? e * e : std::abs(e);
         }
         return std::vector<double>{sum / l.batch()};
       },
       WORDS("with the last row only: = for +=")});
}

#undef WORDS

}  // namespace gradwalk::harness
