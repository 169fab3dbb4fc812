#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gradwalk/tracer/language.hpp"
#include "mistakes/terms.hpp"
#include "propagation.hpp"

// Mistakes in the losses, forward and backward. N is the batch, C the classes or outputs of a row.

namespace gradwalk::harness {
namespace {

bool is_loss(OpKind k) {
  return k == OpKind::cross_entropy || k == OpKind::softmax_cross_entropy || k == OpKind::binary_logistic ||
         k == OpKind::squared_error || k == OpKind::absolute_error;
}
bool is_regression(OpKind k) { return k == OpKind::squared_error || k == OpKind::absolute_error; }

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
#define WORDS(text) \
  [](const Site& s) { return tr(text, fmt::arg("f", s.input(0).name), fmt::arg("y", s.input(1).name)); }

/// The right loss times a factor.
Mistake scaled_loss(std::string_view id, bool (*at)(const Site&), double (*factor)(const Loss&), Words words) {
  return {
      id, [at](const Site& s) { return is_loss(s.kind()) && s.is_forward() && at(s); },
      [factor](const Site& s) { return std::vector<double>{values_of(s.record(), s.the_op())[0] * factor(Loss(s))}; },
      std::move(words)};
}

/// The right derivative times a factor.
Mistake scaled_derivative(std::string_view id, bool (*at)(const Site&), double (*factor)(const Loss&), Words words) {
  return changed_terms(
      id, [at](const Site& s) { return is_loss(s.kind()) && s.slot == 0 && at(s); },
      [factor](const Site& s, AlteredTerm& t) { return t.local *= factor(Loss(s)), true; }, std::move(words));
}

/// L as the mean over the rows of row(loss, n).
Mistake other_loss(std::string_view id, bool (*at)(const Site&), double (*row)(const Loss&, std::size_t), Words words) {
  return {id, [at](const Site& s) { return s.is_forward() && at(s); },
          [row](const Site& s) {
            const Loss loss(s);
            double sum = 0;
            for (std::size_t n = 0; n < loss.N; ++n) sum += row(loss, n);
            return std::vector<double>{sum / loss.batch()};
          },
          std::move(words)};
}

/// dL/df element by element as element(loss, n, k), 1/N included.
Mistake other_derivative(std::string_view id, bool (*at)(const Site&),
                         double (*element)(const Loss&, std::size_t, std::size_t), Words words) {
  return changed_terms(
      id, [at](const Site& s) { return s.slot == 0 && at(s); },
      [element](const Site& s, AlteredTerm& t) {
        const Loss loss(s);
        return t.local = element(loss, t.index / loss.C, t.index % loss.C), true;
      },
      std::move(words));
}

bool batched(const Site& s) { return s.input(0).shape[0] > 1; }
bool wide(const Site& s) { return s.input(0).shape[1] > 1; }

template <OpKind kind>
bool at(const Site& s) {
  return s.kind() == kind;
}

double softmax(const Loss& l, std::size_t n, std::size_t k) {
  double top = l.f[n * l.C], sum = 0;
  for (std::size_t j = 0; j < l.C; ++j) top = std::max(top, l.f[n * l.C + j]);
  for (std::size_t j = 0; j < l.C; ++j) sum += std::exp(l.f[n * l.C + j] - top);
  return std::exp(l.f[n * l.C + k] - top) / sum;
}

double sigmoid(double z) { return 1 / (1 + std::exp(-z)); }
/// −log p[y] − Σ log(1 − p[k]) over the other classes: a yes-or-no question for each class.
double binary_per_class(const Loss& l, std::size_t n) {
  double sum = 0;
  for (std::size_t k = 0; k < l.C; ++k) sum -= std::log(l.label(n) == k ? l.f[n * l.C + k] : 1 - l.f[n * l.C + k]);
  return sum;
}

double one_hot(const Loss& l, std::size_t n, std::size_t k) { return l.label(n) == k ? 1 : 0; }

void append_scales(std::vector<Mistake>& all) {
  all.push_back(scaled_loss(
      "loss-sum-for-mean", batched, [](const Loss& l) { return l.batch(); },
      WORDS("with the sum over the batch, where the mean belongs: 1/N is left out")));
  all.push_back(scaled_loss(
      "loss-mean-over-elements", wide, [](const Loss& l) { return 1 / l.classes(); },
      WORDS("with the mean over all elements, where the mean over the rows belongs")));
  all.push_back(scaled_loss(
      "loss-sign", [](const Site&) { return true; }, [](const Loss&) { return -1.0; },
      WORDS("with its sign turned round")));
  all.push_back(scaled_loss(
      "loss-half", [](const Site& s) { return is_regression(s.kind()); }, [](const Loss&) { return 0.5; },
      WORDS("with a factor ½ that the definition does not have")));
  all.push_back(scaled_loss(
      "loss-base-2", [](const Site& s) { return !is_regression(s.kind()); },
      [](const Loss&) { return 1 / std::log(2.0); },
      WORDS("with the logarithm to base 2, where the natural one belongs")));
  all.push_back(scaled_loss(
      "loss-base-10", [](const Site& s) { return !is_regression(s.kind()); },
      [](const Loss&) { return 1 / std::log(10.0); },
      WORDS("with the logarithm to base 10, where the natural one belongs")));
  all.push_back(scaled_derivative(
      "loss-derivative-no-mean", batched, [](const Loss& l) { return l.batch(); },
      WORDS("with the factor 1/N of the mean left out")));
  all.push_back(scaled_derivative(
      "loss-derivative-mean-over-elements", wide, [](const Loss& l) { return 1 / l.classes(); },
      WORDS("divided by the number of elements, where the number of rows N belongs")));
  all.push_back(scaled_derivative(
      "loss-derivative-classes-for-batch",
      [](const Site& s) { return wide(s) && s.input(0).shape[0] != s.input(0).shape[1]; },
      [](const Loss& l) { return l.batch() / l.classes(); },
      WORDS("divided by the number of columns, where the number of rows N belongs")));
  all.push_back(scaled_derivative(
      "loss-derivative-mean-twice", batched, [](const Loss& l) { return 1 / l.batch(); }, WORDS("divided by N twice")));
}

/// Whoever tells two cases apart, not three, has a slope where f = y.
void append_slopes_at_kink(std::vector<Mistake>& all) {
  for (const double sign : {-1.0, 1.0})
    all.push_back({"absolute-at-kink",
                   [](const Site& s) {
                     if (s.kind() != OpKind::absolute_error || s.slot != 0) return false;
                     const Loss loss(s);
                     return std::mismatch(loss.f.begin(), loss.f.end(), loss.y.begin(), std::not_equal_to<>()).first !=
                            loss.f.end();
                   },
                   [sign](const Site& s) {
                     const Loss loss(s);
                     std::vector<double> df = contribution(s.record(), s.the_op(), 0);
                     for (std::size_t i = 0; i < df.size(); ++i)
                       if (loss.f[i] == loss.y[i]) df[i] = sign * s.output().gradient[0] / loss.batch();
                     return df;
                   },
                   WORDS("with a slope at the kink {f} = {y}, where 0 belongs")});
}

void append_regression(std::vector<Mistake>& all) {
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

/// Whether the label of some row has a probability so small that an ε of this size shows.
bool has_label_below(const Site& s, double bound) {
  const Loss l(s);
  for (std::size_t n = 0; n < l.N; ++n)
    if (l.f[n * l.C + l.label(n)] < bound) return true;
  return false;
}

void append_classification(std::vector<Mistake>& all) {
  constexpr auto ce = at<OpKind::cross_entropy>;
  constexpr auto fused = at<OpKind::softmax_cross_entropy>;
  all.push_back(other_derivative(
      "ce-no-reciprocal", ce, [](const Loss& l, std::size_t n, std::size_t k) { return -one_hot(l, n, k) / l.batch(); },
      WORDS("with −1/N at the label: the factor 1/{f} is left out")));
  all.push_back(other_derivative(
      "ce-value-for-reciprocal", ce,
      [](const Loss& l, std::size_t n, std::size_t k) { return -one_hot(l, n, k) * l.f[n * l.C + k] / l.batch(); },
      WORDS("with {f} where 1/{f} belongs")));
  all.push_back(other_derivative(
      "ce-logarithm-for-reciprocal", ce,
      [](const Loss& l, std::size_t n, std::size_t k) {
        return k == l.label(n) ? -std::log(l.f[n * l.C + k]) / l.batch() : 0;
      },
      WORDS("with the logarithm of {f} where its derivative 1/{f} belongs")));
  all.push_back(other_derivative(
      "ce-all-classes", ce,
      [](const Loss& l, std::size_t n, std::size_t k) { return -1 / (l.batch() * l.f[n * l.C + k]); },
      WORDS("with −1/(N·{f}) for every class, where only the label's is not 0")));
  all.push_back(other_derivative(
      "ce-other-classes-too", ce,
      [](const Loss& l, std::size_t n, std::size_t k) {
        const double f = l.f[n * l.C + k];
        return (k == l.label(n) ? -1 / f : 1 / (1 - f)) / l.batch();
      },
      WORDS("with 1/(1 − {f}) for the other classes, as in the logistic loss, where 0 belongs")));
  all.push_back(other_derivative(
      "ce-fused-derivative", ce,
      [](const Loss& l, std::size_t n, std::size_t k) { return (l.f[n * l.C + k] - one_hot(l, n, k)) / l.batch(); },
      WORDS("with ({f} − {y})/N: that is the derivative by the logits, softmax included")));
  all.push_back(other_derivative(
      "ce-label-off-by-one", ce,
      [](const Loss& l, std::size_t n, std::size_t k) {
        return k == (l.label(n) + 1) % l.C ? -1 / (l.batch() * l.f[n * l.C + k]) : 0;
      },
      WORDS("with the class after the label: labels count from 0")));
  all.push_back(other_derivative(
      "ce-label-before", ce,
      [](const Loss& l, std::size_t n, std::size_t k) {
        return k == (l.label(n) + l.C - 1) % l.C ? -1 / (l.batch() * l.f[n * l.C + k]) : 0;
      },
      WORDS("with the class before the label: labels count from 0")));
  for (const double e : {1e-15, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3}) {
    all.push_back(
        {"ce-epsilon-in-derivative",
         [e](const Site& s) { return s.slot == 0 && s.kind() == OpKind::cross_entropy && has_label_below(s, 1e4 * e); },
         [e](const Site& s) {
           const Loss l(s);
           return sum_of_terms(s, [&](AlteredTerm& t) {
             return t.local = t.local == 0 ? 0 : -1 / (l.batch() * (l.f[t.index] + e)), true;
           });
         },
         [e](const Site& s) {
           return tr("with 1/({f} + {e}) for 1/{f}: the ε makes the gradient of the worst samples vanish",
                     fmt::arg("f", s.input(0).name), fmt::arg("e", e));
         }});
    all.push_back({"ce-epsilon",
                   [e](const Site& s) {
                     return s.is_forward() && s.kind() == OpKind::cross_entropy && has_label_below(s, 1e4 * e);
                   },
                   [e](const Site& s) {
                     const Loss l(s);
                     double sum = 0;
                     for (std::size_t n = 0; n < l.N; ++n) sum -= std::log(l.f[n * l.C + l.label(n)] + e);
                     return std::vector<double>{sum / l.batch()};
                   },
                   [e](const Site& s) {
                     return tr("with log({f} + {e}) for log({f})", fmt::arg("f", s.input(0).name), fmt::arg("e", e));
                   }});
    all.push_back(
        {"ce-clamped",
         [e](const Site& s) { return s.is_forward() && s.kind() == OpKind::cross_entropy && has_label_below(s, e); },
         [e](const Site& s) {
           const Loss l(s);
           double sum = 0;
           for (std::size_t n = 0; n < l.N; ++n) sum -= std::log(std::max(l.f[n * l.C + l.label(n)], e));
           return std::vector<double>{sum / l.batch()};
         },
         [e](const Site& s) {
           return tr("with {f} clamped at {e} inside the logarithm", fmt::arg("f", s.input(0).name), fmt::arg("e", e));
         }});
    all.push_back(
        {"ce-clamped-derivative",
         [e](const Site& s) { return s.slot == 0 && s.kind() == OpKind::cross_entropy && has_label_below(s, e); },
         [e](const Site& s) {
           const Loss l(s);
           return sum_of_terms(s, [&](AlteredTerm& t) {
             return t.local = t.local == 0 ? 0 : -1 / (l.batch() * std::max(l.f[t.index], e)), true;
           });
         },
         [e](const Site& s) {
           return tr("with {f} clamped at {e} before it divides", fmt::arg("f", s.input(0).name), fmt::arg("e", e));
         }});
  }
  all.push_back(other_loss(
      "ce-label-off-by-one-forward", ce,
      [](const Loss& l, std::size_t n) { return -std::log(l.f[n * l.C + (l.label(n) + 1) % l.C]); },
      WORDS("with the probability of the class after the label: labels count from 0")));
  all.push_back(other_loss(
      "ce-no-logarithm", ce, [](const Loss& l, std::size_t n) { return -l.f[n * l.C + l.label(n)]; },
      WORDS("with {f} where log({f}) belongs")));
  all.push_back(other_loss(
      "ce-one-minus", ce, [](const Loss& l, std::size_t n) { return 1 - l.f[n * l.C + l.label(n)]; },
      WORDS("with 1 − {f} where −log({f}) belongs")));
  all.push_back(other_loss(
      "ce-all-classes-forward", ce,
      [](const Loss& l, std::size_t n) {
        double sum = 0;
        for (std::size_t k = 0; k < l.C; ++k) sum -= std::log(l.f[n * l.C + k]);
        return sum;
      },
      WORDS("with −log({f}) summed over every class, where only the label's counts")));
  all.push_back(other_loss("ce-binary-per-class", ce, binary_per_class,
                           WORDS("with −log(1 − {f}) of the other classes added: only the label's class counts")));
  all.push_back(other_loss(
      "ce-entropy", ce,
      [](const Loss& l, std::size_t n) {
        double sum = 0;
        for (std::size_t k = 0; k < l.C; ++k) sum -= l.f[n * l.C + k] * std::log(l.f[n * l.C + k]);
        return sum;
      },
      WORDS("with the entropy of {f}: the label is not used")));
  all.push_back({"ce-last-row",
                 [](const Site& s) { return s.is_forward() && s.kind() == OpKind::cross_entropy && batched(s); },
                 [](const Site& s) {
                   const Loss l(s);
                   return std::vector<double>{-std::log(l.f[(l.N - 1) * l.C + l.label(l.N - 1)]) / l.batch()};
                 },
                 WORDS("with the last row only: = for +=")});

  all.push_back(other_derivative(
      "fused-no-label", fused, [](const Loss& l, std::size_t n, std::size_t k) { return softmax(l, n, k) / l.batch(); },
      WORDS("with p/N: the label is not subtracted")));
  all.push_back(other_derivative(
      "fused-logits-for-probabilities", fused,
      [](const Loss& l, std::size_t n, std::size_t k) { return (l.f[n * l.C + k] - one_hot(l, n, k)) / l.batch(); },
      WORDS("with ({f} − {y})/N: the logits where their softmax belongs")));
  all.push_back(other_derivative(
      "fused-label-off-by-one", fused,
      [](const Loss& l, std::size_t n, std::size_t k) {
        return (softmax(l, n, k) - (k == (l.label(n) + 1) % l.C ? 1 : 0)) / l.batch();
      },
      WORDS("with 1 subtracted at the class after the label: labels count from 0")));
  all.push_back(other_loss(
      "fused-maximum-not-added", fused,
      [](const Loss& l, std::size_t n) {
        const double top = *std::max_element(&l.f[n * l.C], &l.f[n * l.C] + l.C);
        double sum = 0;
        for (std::size_t k = 0; k < l.C; ++k) sum += std::exp(l.f[n * l.C + k] - top);
        return std::log(sum) - l.f[n * l.C + l.label(n)];
      },
      WORDS("with log Σ exp({f} − max) − {f}[y]: the maximum is taken away and not added again")));
  all.push_back(other_loss(
      "fused-label-not-subtracted", fused,
      [](const Loss& l, std::size_t n) { return l.f[n * l.C + l.label(n)] - std::log(softmax(l, n, l.label(n))); },
      WORDS("with log Σ exp({f}) alone: the label's logit is not subtracted")));
  all.push_back(other_derivative(
      "fused-label-only", fused,
      [](const Loss& l, std::size_t n, std::size_t k) {
        return k == l.label(n) ? (softmax(l, n, k) - 1) / l.batch() : 0;
      },
      WORDS("with the label's element only: p belongs in the others")));
  all.push_back(other_derivative(
      "fused-plus-label", fused,
      [](const Loss& l, std::size_t n, std::size_t k) { return (softmax(l, n, k) + one_hot(l, n, k)) / l.batch(); },
      WORDS("with p + {y} for p − {y}")));
  all.push_back(other_derivative(
      "fused-softmax-twice", fused,
      [](const Loss& l, std::size_t n, std::size_t k) {
        const double p = softmax(l, n, k);
        double inner = 0;
        for (std::size_t j = 0; j < l.C; ++j) inner += (softmax(l, n, j) - one_hot(l, n, j)) * softmax(l, n, j);
        return p * (p - one_hot(l, n, k) - inner) / l.batch();
      },
      WORDS("with the softmax's Jacobian applied to p − {y} once more: it is contained already")));
}

void append_logistic(std::vector<Mistake>& all) {
  constexpr auto logistic = at<OpKind::binary_logistic>;
  all.push_back(other_derivative(
      "logistic-no-label", logistic,
      [](const Loss& l, std::size_t n, std::size_t) { return sigmoid(l.f[n]) / l.batch(); },
      WORDS("with the label {y} not subtracted")));
  all.push_back(other_derivative(
      "logistic-logit", logistic,
      [](const Loss& l, std::size_t n, std::size_t) { return (l.f[n] - l.y[n]) / l.batch(); },
      WORDS("with {f} − {y}, where sigmoid({f}) − {y} belongs")));
  all.push_back(other_derivative(
      "logistic-sigmoid-derivative-too", logistic,
      [](const Loss& l, std::size_t n, std::size_t) {
        const double a = sigmoid(l.f[n]);
        return (a - l.y[n]) * a * (1 - a) / l.batch();
      },
      WORDS("with the sigmoid's derivative multiplied in once more: sigmoid({f}) − {y} contains it")));
  all.push_back(other_derivative(
      "logistic-signs-of-labels", logistic,
      [](const Loss& l, std::size_t n, std::size_t) { return (sigmoid(l.f[n]) - (2 * l.y[n] - 1)) / l.batch(); },
      WORDS("with labels −1 and 1, where 0 and 1 belong")));
  all.push_back(other_loss(
      "logistic-no-label-forward", logistic, [](const Loss& l, std::size_t n) { return std::log1p(std::exp(l.f[n])); },
      WORDS("with the part −{y}·{f} left out")));
  all.push_back(other_loss(
      "logistic-label-turned", logistic,
      [](const Loss& l, std::size_t n) { return std::log1p(std::exp(l.f[n])) - (1 - l.y[n]) * l.f[n]; },
      WORDS("with the labels turned round: 0 for 1")));
  all.push_back(other_loss(
      "logistic-naive", logistic,
      [](const Loss& l, std::size_t n) { return std::log(1 + std::exp(l.f[n])) - l.y[n] * l.f[n]; },
      WORDS("with log(1 + e^{f}) as it stands, which overflows for large {f}")));
  all.push_back(other_loss(
      "logistic-naive-sigmoid", logistic,
      [](const Loss& l, std::size_t n) {
        const double p = sigmoid(l.f[n]);
        return -l.y[n] * std::log(p) - (1 - l.y[n]) * std::log(1 - p);
      },
      WORDS("with log(sigmoid({f})) as it stands, which is log 0 for a saturated {f}")));
}

#undef WORDS

}  // namespace

void append_loss_mistakes(std::vector<Mistake>& all) {
  append_scales(all);
  append_regression(all);
  append_classification(all);
  append_logistic(all);
}

}  // namespace gradwalk::harness
