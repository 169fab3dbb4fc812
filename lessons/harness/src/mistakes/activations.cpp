#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gradwalk/tracer/language.hpp"
#include "mistakes/terms.hpp"
#include "propagation.hpp"

// Mistakes in a = tanh(z), sigmoid(z), relu(z), leaky_relu(z), and in their derivatives.

namespace gradwalk::harness {
namespace {

using Function = double (*)(double);
using Derivative = double (*)(double z, double a);

/// The op's output with another function in place of the right one.
Mistake other_function(std::string_view id, OpKind kind, Function f, std::function<std::string(const Site&)> words) {
  return {id, [kind](const Site& s) { return s.kind() == kind && s.is_forward(); },
          [f](const Site& s) {
            std::vector<double> a = s.input(0).value;
            for (double& z : a) z = f(z);
            return a;
          },
          std::move(words)};
}

/// The op's gradient with another local derivative in place of the right one.
Mistake other_derivative(std::string_view id, OpKind kind, Derivative local,
                         std::function<std::string(const Site&)> words) {
  return changed_terms(
      id, [kind](const Site& s) { return s.kind() == kind && s.slot == 0; },
      [local](const Site& s, AlteredTerm& t) {
        return t.local = local(s.input(0).value[t.index], s.output().value[t.out]), true;
      },
      std::move(words));
}

std::string a_of(const Site& s) { return s.output().name; }

/// "with the derivative … where … belongs", with the names of this op's tensors in place of {z} and {a}.
#define WORDS(text) [](const Site& s) { return tr(text, fmt::arg("z", z_of(s)), fmt::arg("a", a_of(s))); }

void append_tanh(std::vector<Mistake>& all) {
  constexpr OpKind k = OpKind::tanh;
  all.push_back(other_function("tanh-is-sigmoid", k, sigmoid, WORDS("with sigmoid({z}) for tanh({z})")));
  all.push_back(other_function(
      "tanh-half-argument", k, [](double z) { return std::tanh(z / 2); }, WORDS("with tanh({z}/2) for tanh({z})")));
  all.push_back(other_function(
      "tanh-double-argument", k, [](double z) { return std::tanh(2 * z); }, WORDS("with tanh(2·{z}) for tanh({z})")));
  all.push_back(other_function(
      "tanh-is-tan", k, [](double z) { return std::tan(z); }, WORDS("with tan({z}) for tanh({z})")));
  all.push_back(other_function(
      "tanh-is-sinh", k, [](double z) { return std::sinh(z); }, WORDS("with sinh({z}) for tanh({z})")));
  all.push_back(other_function(
      "tanh-is-atan", k, [](double z) { return std::atan(z); }, WORDS("with atan({z}) for tanh({z})")));
  all.push_back(other_function(
      "tanh-turned", k, [](double z) { return -std::tanh(z); }, WORDS("with the sign of tanh({z}) turned round")));
  all.push_back(other_function(
      "tanh-naive", k, [](double z) { return (std::exp(z) - std::exp(-z)) / (std::exp(z) + std::exp(-z)); },
      WORDS("with tanh({z}) as (eᶻ − e⁻ᶻ)/(eᶻ + e⁻ᶻ), which overflows for large {z}")));
  all.push_back(other_derivative(
      "tanh-at-input", k, [](double z, double) { return 1 - z * z; },
      WORDS("with 1 − {z}² for 1 − {a}²: the derivative is taken at {z}, where {a} = tanh({z}) belongs")));
  all.push_back(other_derivative(
      "tanh-twice", k, [](double, double a) { return 1 - std::tanh(a) * std::tanh(a); },
      WORDS("with 1 − tanh²({a}) for 1 − tanh²({z}): tanh is taken twice")));
  all.push_back(other_derivative(
      "tanh-no-square", k, [](double, double a) { return 1 - a; },
      WORDS("with 1 − {a} for 1 − {a}²: the square is missing")));
  all.push_back(other_derivative(
      "tanh-square-outside", k, [](double, double a) { return (1 - a) * (1 - a); },
      WORDS("with (1 − {a})² for 1 − {a}²")));
  all.push_back(other_derivative(
      "tanh-plus", k, [](double, double a) { return 1 + a * a; }, WORDS("with 1 + {a}² for 1 − {a}²")));
  all.push_back(other_derivative(
      "tanh-one-missing", k, [](double, double a) { return a * a; }, WORDS("with {a}² for 1 − {a}²")));
  all.push_back(other_derivative(
      "tanh-half-of-factors", k, [](double, double a) { return 1 + a; },
      WORDS("with 1 + {a} for 1 − {a}² = (1 − {a})·(1 + {a}): a factor is missing")));
  all.push_back(other_derivative(
      "tanh-cosh-not-squared", k, [](double z, double) { return 1 / std::cosh(z); },
      WORDS("with 1/cosh({z}) for 1/cosh²({z}): the square is missing")));
  all.push_back(other_derivative(
      "tanh-as-sigmoid", k, [](double, double a) { return a * (1 - a); },
      WORDS("with the derivative of the sigmoid, {a}·(1 − {a}), for that of tanh, 1 − {a}²")));
  all.push_back(other_derivative(
      "tanh-value-as-derivative", k, [](double, double a) { return a; },
      WORDS("with {a} itself where its derivative 1 − {a}² belongs")));
}

/// dz = da·f′ with da in f′ too: the wrong one of two matrices that look alike.
void append_at_upstream(std::vector<Mistake>& all) {
  all.push_back(changed_terms(
      "tanh-at-upstream", [](const Site& s) { return s.kind() == OpKind::tanh && s.slot == 0; },
      [](const Site&, AlteredTerm& t) { return t.local = 1 - t.upstream * t.upstream, true; },
      WORDS("with 1 − d{a}² for 1 − {a}²: the upstream gradient is squared, not {a}")));
  all.push_back(changed_terms(
      "sigmoid-at-upstream", [](const Site& s) { return s.kind() == OpKind::sigmoid && s.slot == 0; },
      [](const Site&, AlteredTerm& t) { return t.local = t.upstream * (1 - t.upstream), true; },
      WORDS("with d{a}·(1 − d{a}) for {a}·(1 − {a}): the upstream gradient stands in the derivative")));
  all.push_back(changed_terms(
      "sigmoid-of-upstream-alone", [](const Site& s) { return s.kind() == OpKind::sigmoid && s.slot == 0; },
      [](const Site&, AlteredTerm& t) { return t.local = 1 - t.upstream, true; },
      WORDS("with d{a}·(1 − d{a}), where d{a}·{a}·(1 − {a}) belongs: {a} itself is nowhere")));
}

void append_sigmoid(std::vector<Mistake>& all) {
  constexpr OpKind k = OpKind::sigmoid;
  all.push_back(other_function(
      "sigmoid-is-tanh", k, [](double z) { return std::tanh(z); }, WORDS("with tanh({z}) for sigmoid({z})")));
  all.push_back(other_function(
      "sigmoid-sign", k, [](double z) { return sigmoid(-z); }, WORDS("with 1/(1 + e^{z}) for 1/(1 + e^−{z})")));
  all.push_back(other_function(
      "sigmoid-naive", k, [](double z) { return std::exp(z) / (1 + std::exp(z)); },
      WORDS("with e^{z}/(1 + e^{z}), which overflows for large {z}")));
  all.push_back(other_function(
      "sigmoid-one-missing", k, [](double z) { return 1 / std::exp(-z); },
      WORDS("with the 1 in the denominator 1 + e^−{z} left out")));
  all.push_back(other_derivative(
      "sigmoid-at-input", k, [](double z, double) { return z * (1 - z); },
      WORDS("with {z}·(1 − {z}) for {a}·(1 − {a}): the derivative is taken at {z}, where {a} = sigmoid({z}) belongs")));
  all.push_back(other_derivative(
      "sigmoid-twice", k, [](double, double a) { return sigmoid(a) * (1 - sigmoid(a)); },
      WORDS("with sigmoid({a})·(1 − sigmoid({a})): the sigmoid is taken twice")));
  all.push_back(other_derivative(
      "sigmoid-one-minus", k, [](double, double a) { return 1 - a; }, WORDS("with 1 − {a} for {a}·(1 − {a})")));
  all.push_back(other_derivative(
      "sigmoid-value-as-derivative", k, [](double, double a) { return a; }, WORDS("with {a} for {a}·(1 − {a})")));
  all.push_back(other_derivative(
      "sigmoid-as-tanh", k, [](double, double a) { return 1 - a * a; },
      WORDS("with the derivative of tanh, 1 − {a}², for that of the sigmoid, {a}·(1 − {a})")));
  all.push_back(other_derivative(
      "sigmoid-plus", k, [](double, double a) { return a * (1 + a); }, WORDS("with {a}·(1 + {a}) for {a}·(1 − {a})")));
  all.push_back(other_derivative(
      "sigmoid-square", k, [](double, double a) { return a * a * (1 - a); },
      WORDS("with {a}²·(1 − {a}) for {a}·(1 − {a})")));
}

void append_rectifiers(std::vector<Mistake>& all) {
  for (const OpKind k : {OpKind::relu, OpKind::leaky_relu}) {
    all.push_back(other_function(
        "relu-is-absolute", k, [](double z) { return std::abs(z); }, WORDS("with |{z}| for the rectified {z}")));
    all.push_back(other_function(
        "relu-turned", k, [](double z) { return std::min(z, 0.0); },
        WORDS("with min({z}, 0): negative values pass, positive ones do not")));
    all.push_back(other_function(
        "relu-is-step", k, [](double z) { return z > 0 ? 1.0 : 0.0; },
        WORDS("with 1 where {z} > 0, where {z} itself belongs")));
    all.push_back(other_function(
        "relu-passes-all", k, [](double z) { return z; }, WORDS("with {z} unchanged: negative values pass as well")));
    all.push_back(other_function(
        "relu-clipped", k, [](double z) { return std::clamp(z, 0.0, 1.0); },
        WORDS("with {z} clipped at 1 as well as at 0")));
    all.push_back({"relu-slope-at-zero",
                   [k](const Site& s) {
                     return s.kind() == k && s.slot == 0 &&
                            std::find(s.input(0).value.begin(), s.input(0).value.end(), 0.0) != s.input(0).value.end();
                   },
                   [](const Site& s) {
                     return sum_of_terms(s, [&](AlteredTerm& t) {
                       return t.local = s.input(0).value[t.index] == 0 ? 1 : t.local, true;
                     });
                   },
                   WORDS("with the slope 1 at {z} = 0 as well: it is for {z} > 0 only")});
    all.push_back(other_derivative(
        "relu-mask-turned", k, [](double z, double) { return z > 0 ? 0.0 : 1.0; },
        WORDS("with the mask turned round: the gradient passes where {z} < 0")));
    all.push_back(other_derivative(
        "relu-value-for-mask", k, [](double, double a) { return a; },
        WORDS("with {a} itself where its derivative (1 where {z} > 0) belongs")));
    all.push_back(other_derivative(
        "relu-mask-left-out", k, [](double, double) { return 1.0; },
        WORDS("with the gradient passed everywhere: the mask of {z} > 0 is left out")));
    all.push_back({"relu-mask-from-upstream", [k](const Site& s) { return s.kind() == k && s.slot == 0; },
                   [](const Site& s) {
                     return sum_of_terms(s, [](AlteredTerm& t) { return t.local = t.upstream > 0 ? 1.0 : 0.0, true; });
                   },
                   WORDS("with the mask taken from the upstream gradient, where the sign of {z} decides")});
    all.push_back({"relu-mask-from-both", [k](const Site& s) { return s.kind() == k && s.slot == 0; },
                   [](const Site& s) {
                     return sum_of_terms(s,
                                         [](AlteredTerm& t) { return t.local = t.upstream > 0 ? t.local : 0.0, true; });
                   },
                   WORDS("with negative upstream gradients cut off too: ReLU is for {z}, not for its gradient")});
    all.push_back({"relu-gradient-absolute", [k](const Site& s) { return s.kind() == k && s.slot == 0; },
                   [](const Site& s) {
                     return sum_of_terms(s, [](AlteredTerm& t) { return t.upstream = std::abs(t.upstream), true; });
                   },
                   WORDS("with the sign of the upstream gradient lost")});
  }
  all.push_back(other_function(
      "leaky-is-relu", OpKind::leaky_relu, [](double z) { return std::max(z, 0.0); },
      WORDS("with 0 for negative {z}, where slope·{z} belongs")));
  all.push_back(other_function(
      "leaky-usual-slope", OpKind::leaky_relu, [](double z) { return z > 0 ? z : 0.01 * z; },
      WORDS("with 0.01 for negative {z}, where this layer's own slope belongs")));
  all.push_back(other_derivative(
      "leaky-usual-slope", OpKind::leaky_relu, [](double z, double) { return z > 0 ? 1.0 : 0.01; },
      WORDS("with 0.01 for negative {z}, where this layer's own slope belongs")));
  all.push_back(other_derivative(
      "leaky-as-relu", OpKind::leaky_relu, [](double z, double) { return z > 0 ? 1.0 : 0.0; },
      WORDS("with 0 for negative {z}, where the slope belongs")));
  all.push_back({"leaky-slope-sign", [](const Site& s) { return s.kind() == OpKind::leaky_relu && s.slot == 0; },
                 [](const Site& s) {
                   return sum_of_terms(s,
                                       [](AlteredTerm& t) { return t.local = t.local < 1 ? -t.local : t.local, true; });
                 },
                 WORDS("with the slope's sign turned round for negative {z}")});
  all.push_back({"leaky-slope-everywhere", [](const Site& s) { return s.kind() == OpKind::leaky_relu && s.slot == 0; },
                 [](const Site& s) {
                   const double slope = s.the_op().attribute("slope", 0.01);
                   return sum_of_terms(s, [&](AlteredTerm& t) { return t.local = slope, true; });
                 },
                 WORDS("with the slope also where {z} > 0, where 1 belongs")});
  all.push_back(
      {"leaky-slope-without-upstream", [](const Site& s) { return s.kind() == OpKind::leaky_relu && s.slot == 0; },
       [](const Site& s) {
         return sum_of_terms(s, [](AlteredTerm& t) { return t.upstream = t.local < 1 ? 1 : t.upstream, true; });
       },
       WORDS("with the slope alone for negative {z}: the upstream gradient is left out there")});
  all.push_back({"leaky-mask-from-upstream",
                 [](const Site& s) { return s.kind() == OpKind::leaky_relu && s.slot == 0; },
                 [](const Site& s) {
                   const double slope = s.the_op().attribute("slope", 0.01);
                   return sum_of_terms(s, [&](AlteredTerm& t) { return t.local = t.upstream > 0 ? 1 : slope, true; });
                 },
                 WORDS("with the slope where the upstream gradient is negative, where the sign of {z} decides")});
  all.push_back({"leaky-slope-times-input", [](const Site& s) { return s.kind() == OpKind::leaky_relu && s.slot == 0; },
                 [](const Site& s) {
                   return sum_of_terms(s, [&](AlteredTerm& t) {
                     return t.local = t.local < 1 ? t.local * s.input(0).value[t.index] : t.local, true;
                   });
                 },
                 WORDS("with slope·{z} for negative {z}, where the slope alone belongs")});
  all.push_back({"leaky-slope-alone", [](const Site& s) { return s.kind() == OpKind::leaky_relu && s.is_forward(); },
                 [](const Site& s) {
                   const std::vector<double>& z = s.input(0).value;
                   std::vector<double> a = s.output().value;
                   double slope = 0;
                   for (std::size_t i = 0; i < a.size(); ++i)
                     if (z[i] < 0) slope = a[i] / z[i];
                   for (std::size_t i = 0; i < a.size(); ++i)
                     if (z[i] <= 0) a[i] = slope;
                   return a;
                 },
                 WORDS("with the slope itself for negative {z}, where slope·{z} belongs")});
  all.push_back({"leaky-slope-times-input-alone",
                 [](const Site& s) { return s.kind() == OpKind::leaky_relu && s.slot == 0; },
                 [](const Site& s) {
                   return sum_of_terms(s, [&](AlteredTerm& t) {
                     return t.upstream = t.local < 1 ? s.input(0).value[t.index] : t.upstream, true;
                   });
                 },
                 WORDS("with slope·{z} for negative {z}, where slope·d{a} belongs")});
}

/// A loop over the rows that leaves some as they were: {z} itself, where a began as a copy of it, or zeros.
void append_rows_left_out(std::vector<Mistake>& all) {
  const auto rows_left = [](const Site& s) {
    const bool activation = s.kind() == OpKind::tanh || s.kind() == OpKind::sigmoid || s.kind() == OpKind::relu ||
                            s.kind() == OpKind::leaky_relu;
    return activation && s.is_forward() && batch_of(s) > 1;
  };
  const auto only = [&](std::string_view id, bool (*done)(std::size_t row, std::size_t rows), auto words) {
    for (const bool copied : {true, false})
      all.push_back({id, rows_left,
                     [=](const Site& s) {
                       const std::size_t columns = columns_of(s.output().shape), rows = batch_of(s);
                       std::vector<double> a = values_of(s.record(), s.the_op());
                       for (std::size_t i = 0; i < a.size(); ++i)
                         if (!done(i / columns, rows)) a[i] = copied ? s.input(0).value[i] : 0;
                       return a;
                     },
                     words});
  };
  only(
      "activation-first-row-only", [](std::size_t row, std::size_t) { return row == 0; },
      WORDS("with the function applied to the first row of {z} only"));
  only(
      "activation-last-row-left-out", [](std::size_t row, std::size_t rows) { return row + 1 != rows; },
      WORDS("with the last row of {z} left out: the loop ends too early"));
  only(
      "activation-first-row-left-out", [](std::size_t row, std::size_t) { return row != 0; },
      WORDS("with the first row of {z} left out: the loop starts at 1"));
}

#undef WORDS

}  // namespace

double sigmoid(double z) { return 1 / (1 + std::exp(-z)); }
std::string z_of(const Site& site) { return site.input(0).name; }

void append_activation_mistakes(std::vector<Mistake>& all) {
  append_tanh(all);
  append_sigmoid(all);
  append_at_upstream(all);
  append_rectifiers(all);
  append_rows_left_out(all);
}

}  // namespace gradwalk::harness
