#include <algorithm>
#include <cmath>

#include "mistakes/losses.hpp"
#include "propagation.hpp"

// Mistakes in cross-entropy, alone and fused with the softmax, and in the logistic loss.

namespace gradwalk::harness {
namespace {

#define WORDS(text) LOSS_WORDS(text)

double exponentials(const Loss& l, std::size_t n, double top) {
  double sum = 0;
  for (std::size_t k = 0; k < l.C; ++k) sum += std::exp(l.f[n * l.C + k] - top);
  return sum;
}

double top_of(const Loss& l, std::size_t n) {
  const double* row = &l.f[n * l.C];
  return *std::max_element(row, row + l.C);
}

double softmax(const Loss& l, std::size_t n, std::size_t k) {
  const double top = top_of(l, n);
  return std::exp(l.f[n * l.C + k] - top) / exponentials(l, n, top);
}

/// log Σ exp(z), by which the fused loss is log Σ exp(z) − z[y].
double log_sum_exp(const Loss& l, std::size_t n) { return top_of(l, n) + std::log(exponentials(l, n, top_of(l, n))); }

/// −log p[y] − Σ log(1 − p[k]) over the other classes: a yes-or-no question for each class.
double binary_per_class(const Loss& l, std::size_t n) {
  double sum = 0;
  for (std::size_t k = 0; k < l.C; ++k) sum -= std::log(l.label(n) == k ? l.f[n * l.C + k] : 1 - l.f[n * l.C + k]);
  return sum;
}

double one_hot(const Loss& l, std::size_t n, std::size_t k) { return l.label(n) == k ? 1 : 0; }

bool takes_logarithm(const Site& s) {
  return s.kind() == OpKind::cross_entropy || s.kind() == OpKind::softmax_cross_entropy;
}

/// What cross-entropy takes the logarithm of; where it is fused with the softmax, that.
double label_probability(const Site& s, const Loss& l, std::size_t n) {
  const std::size_t label = l.label(n);
  return s.kind() == OpKind::cross_entropy ? l.f[n * l.C + label] : softmax(l, n, label);
}

std::string name_of_probability(const Site& s) { return s.kind() == OpKind::cross_entropy ? s.input(0).name : "p"; }

/// Whether the label of some row has a probability so small that an ε of this size shows.
bool has_label_below(const Site& s, double bound) {
  const Loss l(s);
  for (std::size_t n = 0; n < l.N; ++n)
    if (label_probability(s, l, n) < bound) return true;
  return false;
}

/// What goes wrong in log Σ exp(z) − z[y].
void append_fused_values(std::vector<Mistake>& all) {
  constexpr auto fused = at<OpKind::softmax_cross_entropy>;
  all.push_back(other_loss("fused-label-left-out", fused, log_sum_exp,
                           WORDS("with log Σ exp({f}) alone: the label's logit is not subtracted")));
  all.push_back(other_loss(
      "fused-label-added", fused,
      [](const Loss& l, std::size_t n) { return log_sum_exp(l, n) + l.f[n * l.C + l.label(n)]; },
      WORDS("with the label's logit added, where it is subtracted")));
  all.push_back(other_loss(
      "fused-maximum-left-out", fused,
      [](const Loss& l, std::size_t n) { return log_sum_exp(l, n) - top_of(l, n) - l.f[n * l.C + l.label(n)]; },
      WORDS("with the largest logit not added again behind the logarithm")));
  all.push_back(other_loss(
      "fused-sum-not-reset", fused,
      [](const Loss& l, std::size_t n) {
        double sum = 0;
        for (std::size_t row = 0; row <= n; ++row) sum += exponentials(l, row, top_of(l, row));
        return top_of(l, n) + std::log(sum) - l.f[n * l.C + l.label(n)];
      },
      WORDS("with the sum of the exponentials not set back to 0 for each row")));
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
                   [e](const Site& s) { return s.is_forward() && takes_logarithm(s) && has_label_below(s, 1e4 * e); },
                   [e](const Site& s) {
                     const Loss l(s);
                     double sum = 0;
                     for (std::size_t n = 0; n < l.N; ++n) sum -= std::log(label_probability(s, l, n) + e);
                     return std::vector<double>{sum / l.batch()};
                   },
                   [e](const Site& s) {
                     return tr("with log({f} + {e}) for log({f})", fmt::arg("f", name_of_probability(s)),
                               fmt::arg("e", e));
                   }});
    all.push_back({"ce-clamped",
                   [e](const Site& s) { return s.is_forward() && takes_logarithm(s) && has_label_below(s, e); },
                   [e](const Site& s) {
                     const Loss l(s);
                     double sum = 0;
                     for (std::size_t n = 0; n < l.N; ++n) sum -= std::log(std::max(label_probability(s, l, n), e));
                     return std::vector<double>{sum / l.batch()};
                   },
                   [e](const Site& s) {
                     return tr("with {f} clamped at {e} inside the logarithm", fmt::arg("f", name_of_probability(s)),
                               fmt::arg("e", e));
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
      "ce-largest", ce, [](const Loss& l, std::size_t n) { return -std::log(top_of(l, n)); },
      WORDS("with the largest {f} of the row, where the label's belongs")));
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
  all.push_back(other_derivative(
      "fused-label-off-by-one", fused,
      [](const Loss& l, std::size_t n, std::size_t k) {  // at the last class there is none behind
        return (softmax(l, n, k) - (k == l.label(n) + 1 ? 1 : 0)) / l.batch();
      },
      WORDS("with 1 subtracted at the class after the label: labels count from 0")));
  all.push_back(other_derivative(
      "fused-mean-at-label-only", fused,
      [](const Loss& l, std::size_t n, std::size_t k) { return softmax(l, n, k) - one_hot(l, n, k) / l.batch(); },
      WORDS("with p − {y}/N for (p − {y})/N: p is not divided by N")));
  all.push_back(other_derivative(
      "fused-mean-not-at-label", fused,
      [](const Loss& l, std::size_t n, std::size_t k) { return softmax(l, n, k) / l.batch() - one_hot(l, n, k); },
      WORDS("with p/N − {y} for (p − {y})/N: {y} is not divided by N")));
  all.push_back(other_derivative(
      "fused-label-before", fused,
      [](const Loss& l, std::size_t n, std::size_t k) {
        return (softmax(l, n, k) - (k == (l.label(n) + l.C - 1) % l.C ? 1 : 0)) / l.batch();
      },
      WORDS("with 1 subtracted at the class before the label: labels count from 0")));
  all.push_back(other_derivative(
      "fused-label-before", fused,
      [](const Loss& l, std::size_t n, std::size_t k) {  // before the first class there is none
        return (softmax(l, n, k) - (k + 1 == l.label(n) ? 1 : 0)) / l.batch();
      },
      WORDS("with 1 subtracted at the class before the label: labels count from 0")));
  all.push_back(other_derivative(
      "fused-sigmoid-derivative-too", fused,
      [](const Loss& l, std::size_t n, std::size_t k) {
        const double p = softmax(l, n, k);
        return (p - one_hot(l, n, k)) * p * (1 - p) / l.batch();
      },
      WORDS("with p·(1 − p) multiplied to (p − {y})/N: the softmax's derivative is contained already")));
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
      "logistic-sigmoid-turned", logistic,
      [](const Loss& l, std::size_t n, std::size_t) { return (sigmoid(-l.f[n]) - l.y[n]) / l.batch(); },
      WORDS("with sigmoid(−{f}) for sigmoid({f}): a sign is missing in the exponent")));
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
      "logistic-signs-of-labels", logistic,
      [](const Loss& l, std::size_t n) {
        const double t = -l.y[n] * l.f[n];
        return std::max(t, 0.0) + std::log1p(std::exp(-std::abs(t)));  // log(1 + eᵗ)
      },
      WORDS("with log(1 + e^(−{y}·{f})), which is for labels −1 and 1, where they are 0 and 1")));
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

void append_classification_mistakes(std::vector<Mistake>& all) {
  append_fused_values(all);
  append_classification(all);
  append_logistic(all);
}

}  // namespace gradwalk::harness
