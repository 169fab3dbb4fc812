#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gradwalk/tracer/language.hpp"
#include "mistakes/terms.hpp"

// Mistakes in p[n,k] = exp(z[n,k])/Σ_j exp(z[n,j]) and in its Jacobian p[n,k]·(1[k = j] − p[n,j]).

namespace gradwalk::harness {
namespace {

bool softmax_forward(const Site& s) { return s.kind() == OpKind::softmax && s.is_forward(); }
bool softmax_backward(const Site& s) { return s.kind() == OpKind::softmax && s.slot == 0; }

std::string z_of(const Site& s) { return s.input(0).name; }
std::string p_of(const Site& s) { return s.output().name; }

#define WORDS(text) [](const Site& s) { return tr(text, fmt::arg("z", z_of(s)), fmt::arg("p", p_of(s))); }

/// p = e(z)/Σ e over the elements that `group` puts together.
template <class E, class Group>
std::vector<double> normalised(const Site& s, E e, Group group) {
  const std::vector<double>& z = s.input(0).value;
  std::vector<double> p(z.size()), sum(z.size());
  for (std::size_t i = 0; i < z.size(); ++i) sum[group(i)] += p[i] = e(z[i]);
  for (std::size_t i = 0; i < z.size(); ++i) p[i] /= sum[group(i)];
  return p;
}

std::size_t classes(const Site& s) { return s.output().shape[1]; }

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
  all.push_back({"softmax-over-batch", softmax_forward,
                 [](const Site& s) {
                   const std::size_t C = classes(s);
                   return normalised(
                       s, [](double z) { return std::exp(z); }, [C](std::size_t i) { return i % C; });
                 },
                 WORDS("with the sum over the rows of the batch, where it goes over the classes of one row")});
  all.push_back({"softmax-over-all", softmax_forward,
                 [](const Site& s) {
                   return normalised(
                       s, [](double z) { return std::exp(z); }, [](std::size_t) { return 0; });
                 },
                 WORDS("with one sum over the whole matrix, where every row has a sum of its own")});
  all.push_back({"softmax-no-exponential", softmax_forward,
                 [](const Site& s) {
                   const std::size_t C = classes(s);
                   return normalised(
                       s, [](double z) { return z; }, [C](std::size_t i) { return i / C; });
                 },
                 WORDS("with {z} for exp({z})")});
  all.push_back({"softmax-not-normalised", softmax_forward,
                 [](const Site& s) {
                   std::vector<double> p = s.input(0).value;
                   for (double& z : p) z = std::exp(z);
                   return p;
                 },
                 WORDS("with exp({z}) not divided by its sum")});
  all.push_back({"softmax-maximum-not-normalised", softmax_forward,
                 [](const Site& s) {
                   const std::size_t C = classes(s);
                   std::vector<double> p = s.input(0).value;
                   for (std::size_t n = 0; n < p.size() / C; ++n) {
                     const double top = *std::max_element(p.begin() + static_cast<std::ptrdiff_t>(n * C),
                                                          p.begin() + static_cast<std::ptrdiff_t>((n + 1) * C));
                     for (std::size_t k = 0; k < C; ++k) p[n * C + k] = std::exp(p[n * C + k] - top);
                   }
                   return p;
                 },
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
}

#undef WORDS

}  // namespace gradwalk::harness
