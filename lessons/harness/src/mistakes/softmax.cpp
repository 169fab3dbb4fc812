#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "gradwalk/tracer/language.hpp"
#include "mistakes/terms.hpp"

// Mistakes in p[n,k] = exp(z[n,k])/Σ_j exp(z[n,j]) and in its Jacobian p[n,k]·(1[k = j] − p[n,j]).

namespace gradwalk::harness {
namespace {

bool softmax_forward(const Site& s) { return s.kind() == OpKind::softmax && s.is_forward(); }
bool softmax_backward(const Site& s) { return s.kind() == OpKind::softmax && s.slot == 0; }

std::string p_of(const Site& s) { return s.output().name; }

#define WORDS(text) [](const Site& s) { return tr(text, fmt::arg("z", z_of(s)), fmt::arg("p", p_of(s))); }

/// p = e(z)/Σ e over the elements that `group` puts together.
template <class E, class Group>
std::vector<double> normalised(const Site& s, E e, Group group) {
  std::vector<double> p = s.input(0).value, sum(p.size());
  for (std::size_t i = 0; i < p.size(); ++i) sum[group(i)] += p[i] = e(p[i]);
  for (std::size_t i = 0; i < p.size(); ++i) p[i] /= sum[group(i)];
  return p;
}

std::size_t classes(const Site& s) { return s.input(0).shape[1]; }

/// exp(z), or exp(z − max) with the maximum of the row: the same where every row is divided by its own sum.
std::vector<double> exponentials(const Site& s, bool shifted) {
  std::vector<double> e = s.input(0).value;
  const auto C = static_cast<std::ptrdiff_t>(classes(s));
  for (auto row = e.begin(); row != e.end(); row += C) {
    const double top = shifted ? *std::max_element(row, row + C) : 0;
    std::for_each(row, row + C, [top](double& z) { z = std::exp(z - top); });
  }
  return e;
}

using Numbers = std::vector<double>;

/// From exp(z) and the number of classes, what each element is divided by.
using Sums = Numbers (*)(const Numbers& e, std::size_t C);

/// exp(z)/sum with a wrong sum, alone and inside the fused cross-entropy. With and without the maximum subtracted
/// first, which makes other numbers here.
void append_wrong_sum(std::vector<Mistake>& all, std::string_view id, Sums sums,
                      const std::function<std::string(const Site&)>& words) {
  const auto several_rows = [](const Site& s, OpKind kind, std::size_t slot) {
    return s.kind() == kind && s.slot == slot && s.input(0).shape[0] > 1;
  };
  for (const bool shifted : {false, true}) {
    const auto probabilities = [sums, shifted](const Site& s) {
      Numbers p = exponentials(s, shifted);
      const Numbers sum = sums(p, classes(s));
      for (std::size_t i = 0; i < p.size(); ++i) p[i] /= sum[i];
      return p;
    };
    const auto at_label = [](const Site& s, std::size_t i) {
      return static_cast<double>(i % classes(s)) == s.input(1).value[i / classes(s)];
    };
    all.push_back({id, [=](const Site& s) { return several_rows(s, OpKind::softmax, Site::forward_slot); },
                   probabilities, words});
    all.push_back({id,
                   [=](const Site& s) { return several_rows(s, OpKind::softmax_cross_entropy, Site::forward_slot); },
                   [=](const Site& s) {  // L = −1/N·Σ log p[n,y[n]]
                     const Numbers p = probabilities(s);
                     double sum = 0;
                     for (std::size_t i = 0; i < p.size(); ++i)
                       if (at_label(s, i)) sum -= std::log(p[i]);
                     return Numbers{sum / static_cast<double>(s.input(0).shape[0])};
                   },
                   words});
    all.push_back({id, [=](const Site& s) { return several_rows(s, OpKind::softmax_cross_entropy, 0); },
                   [=](const Site& s) {  // dz = dL·(p − y)/N
                     Numbers dz = probabilities(s);
                     for (std::size_t i = 0; i < dz.size(); ++i)
                       dz[i] =
                           s.output().gradient[0] * (dz[i] - at_label(s, i)) / static_cast<double>(s.input(0).shape[0]);
                     return dz;
                   },
                   words});
  }
}

Numbers sums_over_batch(const Numbers& e, std::size_t C) {
  Numbers sum(e.size());
  for (std::size_t i = 0; i < e.size(); ++i)
    for (std::size_t j = i % C; j < e.size(); j += C) sum[i] += e[j];
  return sum;
}

Numbers sum_over_all(const Numbers& e, std::size_t) {
  return Numbers(e.size(), std::accumulate(e.begin(), e.end(), 0.0));
}

Numbers sums_not_reset(const Numbers& e, std::size_t C) {
  Numbers sum(e.size());
  double total = 0;
  for (std::size_t row = 0; row < e.size(); row += C) {
    for (std::size_t k = 0; k < C; ++k) total += e[row + k];
    for (std::size_t k = 0; k < C; ++k) sum[row + k] = total;
  }
  return sum;
}

/// The Jacobian's term of p[n,k] and z[n,j] replaced by local(p_k, p_j, k == j).
template <class Local>
Mistake other_jacobian(std::string_view id, Local local, std::function<std::string(const Site&)> words) {
  return changed_terms(
      id, softmax_backward,
      [local](const Site& s, AlteredTerm& t) {
        const std::vector<double>& p = s.output().value;
        return t.local = local(p[t.out], p[t.index], t.out == t.index), true;
      },
      std::move(words));
}

}  // namespace

void append_softmax_mistakes(std::vector<Mistake>& all) {
  all.push_back({"softmax-no-maximum", softmax_forward,
                 [](const Site& s) {
                   const std::size_t C = classes(s);
                   return normalised(
                       s, [](double z) { return std::exp(z); }, [C](std::size_t i) { return i / C; });
                 },
                 WORDS("with exp({z}) taken of {z} itself: without the row's maximum subtracted it overflows")});
  append_wrong_sum(all, "softmax-over-batch", sums_over_batch,
                   WORDS("with the sum over the rows of the batch, where it goes over the classes of one row"));
  append_wrong_sum(all, "softmax-over-all", sum_over_all,
                   WORDS("with one sum over the whole matrix, where every row has a sum of its own"));
  append_wrong_sum(all, "softmax-sum-not-reset", sums_not_reset,
                   WORDS("with the sum not set back to 0 before the next row"));
  all.push_back({"softmax-no-exponential", softmax_forward,
                 [](const Site& s) {
                   const std::size_t C = classes(s);
                   return normalised(
                       s, [](double z) { return z; }, [C](std::size_t i) { return i / C; });
                 },
                 WORDS("with {z} for exp({z})")});
  all.push_back({"softmax-not-normalised", softmax_forward, [](const Site& s) { return exponentials(s, false); },
                 WORDS("with exp({z}) not divided by its sum")});
  all.push_back({"softmax-maximum-not-normalised", softmax_forward, [](const Site& s) { return exponentials(s, true); },
                 WORDS("with exp({z} − max) not divided by its sum")});
  all.push_back({"softmax-is-sigmoid", softmax_forward,
                 [](const Site& s) {
                   std::vector<double> p = s.input(0).value;
                   for (double& z : p) z = 1 / (1 + std::exp(-z));
                   return p;
                 },
                 WORDS("with the sigmoid of every {z} on its own")});
  all.push_back({"softmax-sign", softmax_forward,
                 [](const Site& s) {
                   const std::size_t C = classes(s);
                   return normalised(
                       s, [](double z) { return std::exp(-z); }, [C](std::size_t i) { return i / C; });
                 },
                 WORDS("with exp(−{z}) for exp({z})")});
  all.push_back({"softmax-global-maximum", softmax_forward,
                 [](const Site& s) {
                   const std::size_t C = classes(s);
                   const double top = *std::max_element(s.input(0).value.begin(), s.input(0).value.end());
                   return normalised(
                       s, [top](double z) { return std::exp(z - top); }, [C](std::size_t i) { return i / C; });
                 },
                 WORDS("with the maximum of the whole matrix subtracted: a row far below it becomes 0/0")});

  all.push_back(other_jacobian(
      "softmax-diagonal-only", [](double pk, double, bool same) { return same ? pk * (1 - pk) : 0; },
      WORDS("with the diagonal {p}·(1 − {p}) of the Jacobian only: every {z} also moves the other {p}")));
  all.push_back(other_jacobian(
      "softmax-off-diagonal-only", [](double pk, double pj, bool same) { return same ? 0 : -pk * pj; },
      WORDS("with the diagonal of the Jacobian left out")));
  all.push_back(other_jacobian(
      "softmax-off-diagonal-sign", [](double pk, double pj, bool same) { return same ? pk * (1 - pk) : pk * pj; },
      WORDS("with the sign of the Jacobian's off-diagonal −p[k]·p[j] turned round")));
  all.push_back(other_jacobian(
      "softmax-sum-added", [](double pk, double pj, bool same) { return pj * ((same ? 1.0 : 0.0) + pk); },
      WORDS("with {p}·(dp + Σ dp·{p}): the sum is subtracted")));
  all.push_back(other_jacobian(
      "softmax-no-product", [](double pk, double, bool same) { return same ? pk : 0; },
      WORDS("with {p}·dp alone: the part −{p}·Σ dp·{p} is left out")));
  all.push_back(other_jacobian(
      "softmax-no-outer-factor", [](double pk, double, bool same) { return (same ? 1.0 : 0.0) - pk; },
      WORDS("with dp − Σ dp·{p}: the factor {p} before it is left out")));
  all.push_back(other_jacobian(
      "softmax-product-not-scaled", [](double pk, double pj, bool same) { return (same ? pj : 0.0) - pk; },
      WORDS("with {p}·dp − Σ dp·{p}: the second part is not multiplied by {p}")));
  all.push_back(other_jacobian(
      "softmax-plain-sum", [](double, double pj, bool same) { return pj * ((same ? 1.0 : 0.0) - 1); },
      WORDS("with {p}·(dp − Σ dp): the sum is not weighted with {p}")));
  all.push_back({"softmax-mean-for-sum", softmax_backward,
                 [](const Site& s) {
                   const std::vector<double>& p = s.output().value;
                   const auto C = static_cast<double>(classes(s));
                   return sum_of_terms(s, [&](AlteredTerm& t) {
                     if (t.out / classes(s) != t.index / classes(s)) return false;
                     return t.local = p[t.index] * ((t.out == t.index ? 1 : 0) - p[t.out] / C), true;
                   });
                 },
                 WORDS("with the mean of dp·{p} over the classes, where the sum belongs")});
  all.push_back({"softmax-sum-over-all", softmax_backward,
                 [](const Site& s) {
                   const std::vector<double>&p = s.output().value, &dp = s.output().gradient;
                   double sum = 0;
                   for (std::size_t i = 0; i < p.size(); ++i) sum += dp[i] * p[i];
                   std::vector<double> dz(p.size());
                   for (std::size_t i = 0; i < p.size(); ++i) dz[i] = p[i] * (dp[i] - sum);
                   return dz;
                 },
                 WORDS("with Σ dp·{p} over the whole matrix, where every row has a sum of its own")});
  all.push_back({"softmax-product-not-reset", softmax_backward,
                 [](const Site& s) {
                   const std::vector<double>&p = s.output().value, &dp = s.output().gradient;
                   const std::size_t C = classes(s);
                   double sum = 0;
                   std::vector<double> dz(p.size());
                   for (std::size_t row = 0; row < p.size(); row += C) {
                     for (std::size_t k = row; k < row + C; ++k) sum += dp[k] * p[k];
                     for (std::size_t j = row; j < row + C; ++j) dz[j] = p[j] * (dp[j] - sum);
                   }
                   return dz;
                 },
                 WORDS("with Σ dp·{p} not set back to 0 before the next row")});
}

#undef WORDS

}  // namespace gradwalk::harness
