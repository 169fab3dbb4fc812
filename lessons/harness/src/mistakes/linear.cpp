#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gradwalk/tracer/language.hpp"
#include "mistakes/terms.hpp"

// Mistakes in z[n,j] = Σ_i x[n,i]·W[j,i] + b[j] and in its three gradients.

namespace gradwalk::harness {
namespace {

struct Linear {
  explicit Linear(const Site& site)
      : x(site.input(0).value),
        W(site.input(1).value),
        b(site.input(2).value),
        N(site.input(0).shape[0]),
        D(site.input(0).shape[1]),
        H(site.input(1).shape[0]) {}
  const std::vector<double>&x, &W, &b;
  std::size_t N, D, H;
};

/// The layer's input is an activation of something: z1 where a1 = tanh(z1) goes into the second layer. Null elsewhere.
const Tensor* before_activation(const Site& s) {
  const Op* producer = s.record().producer(s.the_op().inputs[0]);
  if (!producer || producer->inputs.size() != 1) return nullptr;
  const Tensor& z = s.record()[producer->inputs[0]];
  return z.shape == s.input(0).shape ? &z : nullptr;
}

bool linear_forward(const Site& site) { return site.kind() == OpKind::linear && site.is_forward(); }
bool linear_backward(const Site& site, std::size_t slot) { return site.kind() == OpKind::linear && site.slot == slot; }
bool square(const Site& site) { return site.input(1).shape[0] == site.input(1).shape[1] && site.input(1).shape[0] > 1; }

/// The weights are read wrongly by who takes them for (in, out), and no index goes wrong.
bool oblong(const Site& site) {
  const Shape& W = site.input(1).shape;
  return W[0] != W[1] && W[0] > 1 && W[1] > 1;
}

/// z with term(n, j, i) summed over i and bias(n, j) added.
template <class Term, class Bias>
std::vector<double> layer(const Site& site, Term term, Bias bias) {
  const Linear l(site);
  std::vector<double> z(l.N * l.H);
  for (std::size_t n = 0; n < l.N; ++n)
    for (std::size_t j = 0; j < l.H; ++j) {
      for (std::size_t i = 0; i < l.D; ++i) z[n * l.H + j] += term(l, n, j, i);
      z[n * l.H + j] += bias(l, n, j);
    }
  return z;
}

double right_term(const Linear& l, std::size_t n, std::size_t j, std::size_t i) {
  return l.x[n * l.D + i] * l.W[j * l.D + i];
}
double right_bias(const Linear& l, std::size_t, std::size_t j) { return l.b[j]; }
double no_bias(const Linear&, std::size_t, std::size_t) { return 0; }

void append_forward(std::vector<Mistake>& all) {
  all.push_back({"bias-left-out", linear_forward, [](const Site& s) { return layer(s, right_term, no_bias); },
                 [](const Site& s) { return tr("with the bias {b} left out", fmt::arg("b", s.input(2).name)); }});
  all.push_back(
      {"bias-subtracted", linear_forward,
       [](const Site& s) {
         return layer(s, right_term, [](const Linear& l, std::size_t, std::size_t j) { return -l.b[j]; });
       },
       [](const Site& s) { return tr("with the bias {b} subtracted, not added", fmt::arg("b", s.input(2).name)); }});
  all.push_back({"bias-twice", linear_forward,
                 [](const Site& s) {
                   return layer(s, right_term, [](const Linear& l, std::size_t, std::size_t j) { return 2 * l.b[j]; });
                 },
                 [](const Site& s) { return tr("with the bias {b} added twice", fmt::arg("b", s.input(2).name)); }});
  all.push_back({"bias-in-every-term", [](const Site& s) { return linear_forward(s) && s.input(0).shape[1] > 1; },
                 [](const Site& s) {
                   return layer(s, right_term, [](const Linear& l, std::size_t, std::size_t j) {
                     return static_cast<double>(l.D) * l.b[j];
                   });
                 },
                 [](const Site& s) {
                   return tr("with the bias {b} added once for every input, not once", fmt::arg("b", s.input(2).name));
                 }});
  all.push_back({"bias-by-row",
                 [](const Site& s) { return linear_forward(s) && s.input(0).shape[0] <= s.input(1).shape[0]; },
                 [](const Site& s) {
                   return layer(s, right_term, [](const Linear& l, std::size_t n, std::size_t) { return l.b[n]; });
                 },
                 [](const Site& s) {
                   return tr("with {b} taken by the row of the batch, not by the output: {b}[n] for {b}[j]",
                             fmt::arg("b", s.input(2).name));
                 }});
  all.push_back(
      {"bias-first-only", [](const Site& s) { return linear_forward(s) && s.input(1).shape[0] > 1; },
       [](const Site& s) {
         return layer(s, right_term, [](const Linear& l, std::size_t, std::size_t) { return l.b[0]; });
       },
       [](const Site& s) { return tr("with {b}[0] added to every output", fmt::arg("b", s.input(2).name)); }});
  all.push_back(
      {"bias-in-first-row-only", [](const Site& s) { return linear_forward(s) && s.input(0).shape[0] > 1; },
       [](const Site& s) {
         return layer(s, right_term, [](const Linear& l, std::size_t n, std::size_t j) { return n == 0 ? l.b[j] : 0; });
       },
       [](const Site& s) {
         return tr("with the bias {b} added to the first row of the batch only", fmt::arg("b", s.input(2).name));
       }});
  all.push_back(
      {"weights-transposed", [](const Site& s) { return linear_forward(s) && square(s); },
       [](const Site& s) {
         return layer(
             s,
             [](const Linear& l, std::size_t n, std::size_t j, std::size_t i) {
               return l.x[n * l.D + i] * l.W[i * l.H + j];
             },
             right_bias);
       },
       [](const Site& s) { return tr("with {W} transposed: {W}[i,j] for {W}[j,i]", fmt::arg("W", s.input(1).name)); }});
  all.push_back({"weights-read-as-transposed", [](const Site& s) { return linear_forward(s) && oblong(s); },
                 [](const Site& s) {
                   return layer(
                       s,
                       [](const Linear& l, std::size_t n, std::size_t j, std::size_t i) {
                         return l.x[n * l.D + i] * l.W[i * l.H + j];
                       },
                       right_bias);
                 },
                 [](const Site& s) {
                   return tr("with the numbers of {W} read as if its shape were (in, out)",
                             fmt::arg("W", s.input(1).name));
                 }});
  all.push_back({"last-term-only", [](const Site& s) { return linear_forward(s) && s.input(0).shape[1] > 1; },
                 [](const Site& s) {
                   return layer(
                       s,
                       [](const Linear& l, std::size_t n, std::size_t j, std::size_t i) {
                         return i + 1 == l.D ? right_term(l, n, j, i) : 0;
                       },
                       right_bias);
                 },
                 [](const Site&) { return tr("with only the last term of the sum over i: = for +="); }});
  all.push_back({"last-term-only-no-bias", [](const Site& s) { return linear_forward(s) && s.input(0).shape[1] > 1; },
                 [](const Site& s) {
                   return layer(
                       s,
                       [](const Linear& l, std::size_t n, std::size_t j, std::size_t i) {
                         return i + 1 == l.D ? right_term(l, n, j, i) : 0;
                       },
                       no_bias);
                 },
                 [](const Site&) {
                   return tr("with only the last product x·W, and neither the other terms nor the bias: = for +=");
                 }});
  all.push_back(
      {"first-input-skipped", [](const Site& s) { return linear_forward(s) && s.input(0).shape[1] > 1; },
       [](const Site& s) {
         return layer(
             s,
             [](const Linear& l, std::size_t n, std::size_t j, std::size_t i) {
               return i > 0 ? right_term(l, n, j, i) : 0;
             },
             right_bias);
       },
       [](const Site&) { return tr("with the first term of the sum over i left out: the loop starts at 1"); }});
  all.push_back(
      {"last-input-skipped", [](const Site& s) { return linear_forward(s) && s.input(0).shape[1] > 1; },
       [](const Site& s) {
         return layer(
             s,
             [](const Linear& l, std::size_t n, std::size_t j, std::size_t i) {
               return i + 1 < l.D ? right_term(l, n, j, i) : 0;
             },
             right_bias);
       },
       [](const Site&) { return tr("with the last term of the sum over i left out: the loop ends too early"); }});
  all.push_back({"sum-for-product", linear_forward,
                 [](const Site& s) {
                   return layer(
                       s,
                       [](const Linear& l, std::size_t n, std::size_t j, std::size_t i) {
                         return l.x[n * l.D + i] + l.W[j * l.D + i];
                       },
                       right_bias);
                 },
                 [](const Site& s) {
                   return tr("with {x} + {W} where {x}·{W} belongs", fmt::arg("x", s.input(0).name),
                             fmt::arg("W", s.input(1).name));
                 }});
  all.push_back({"activation-skipped", [](const Site& s) { return linear_forward(s) && before_activation(s); },
                 [](const Site& s) {
                   const std::vector<double>& z = before_activation(s)->value;
                   return layer(
                       s,
                       [&z](const Linear& l, std::size_t n, std::size_t j, std::size_t i) {
                         return z[n * l.D + i] * l.W[j * l.D + i];
                       },
                       right_bias);
                 },
                 [](const Site& s) {
                   return tr("with {z} where {x} belongs: the activation is skipped",
                             fmt::arg("z", before_activation(s)->name), fmt::arg("x", s.input(0).name));
                 }});
  all.push_back(
      {"first-row-for-all", [](const Site& s) { return linear_forward(s) && s.input(0).shape[0] > 1; },
       [](const Site& s) {
         return layer(
             s, [](const Linear& l, std::size_t, std::size_t j, std::size_t i) { return right_term(l, 0, j, i); },
             right_bias);
       },
       [](const Site&) { return tr("with the first row of the batch used for every row"); }});
  all.push_back({"only-first-row", [](const Site& s) { return linear_forward(s) && s.input(0).shape[0] > 1; },
                 [](const Site& s) {
                   return layer(
                       s,
                       [](const Linear& l, std::size_t n, std::size_t j, std::size_t i) {
                         return n == 0 ? right_term(l, n, j, i) : 0;
                       },
                       [](const Linear& l, std::size_t n, std::size_t j) { return n == 0 ? l.b[j] : 0; });
                 },
                 [](const Site&) { return tr("in the first row of the batch only, and 0 in the others"); }});
  all.push_back({"mean-for-sum-of-inputs", [](const Site& s) { return linear_forward(s) && s.input(0).shape[1] > 1; },
                 [](const Site& s) {
                   return layer(
                       s,
                       [](const Linear& l, std::size_t n, std::size_t j, std::size_t i) {
                         return right_term(l, n, j, i) / static_cast<double>(l.D);
                       },
                       right_bias);
                 },
                 [](const Site&) { return tr("with the sum over i divided by the number of inputs"); }});
}

/// A sum that begins with the int 0, or as an int b, stays an int: every addition cuts.
void append_whole_sums(std::vector<Mistake>& all) {
  for (const bool begins_with_bias : {false, true})
    all.push_back({"sum-of-whole-numbers", linear_forward,
                   [begins_with_bias](const Site& s) {
                     const Linear l(s);
                     std::vector<double> z(l.N * l.H);
                     for (std::size_t n = 0; n < l.N; ++n)
                       for (std::size_t j = 0; j < l.H; ++j) {
                         double sum = begins_with_bias ? std::trunc(l.b[j]) : 0;
                         for (std::size_t i = 0; i < l.D; ++i) sum = std::trunc(sum + right_term(l, n, j, i));
                         z[n * l.H + j] = begins_with_bias ? sum : sum + l.b[j];
                       }
                     return z;
                   },
                   [](const Site&) {
                     return tr("with every sum cut to a whole number: a sum that begins with the int 0 stays an int");
                   }});
}

bool changes_any(double (*f)(double), const std::vector<double>& numbers) {
  return std::any_of(numbers.begin(), numbers.end(), [f](double z) { return f(z) != z; });
}

/// The layer's output with an activation already applied: behind a last layer that has none, or written over z.
void append_activation_behind(std::vector<Mistake>& all) {
  struct Behind {
    std::string_view id;
    double (*f)(double);
    const char* name;
  };
  for (const Behind& behind : {Behind{"tanh-behind", [](double z) { return std::tanh(z); }, "tanh"},
                               Behind{"sigmoid-behind", [](double z) { return 1 / (1 + std::exp(-z)); }, "sigmoid"},
                               Behind{"relu-behind", [](double z) { return std::max(z, 0.0); }, "relu"}})
    all.push_back({behind.id,
                   [f = behind.f](const Site& s) { return linear_forward(s) && changes_any(f, s.output().value); },
                   [f = behind.f](const Site& s) {
                     std::vector<double> z = layer(s, right_term, right_bias);
                     for (double& one : z) one = f(one);
                     return z;
                   },
                   [name = behind.name](const Site& s) {
                     return tr("with {f}({z}) in its place: an activation is applied to it", fmt::arg("f", name),
                               fmt::arg("z", s.output().name));
                   }});
  all.push_back({"softmax-behind", [](const Site& s) { return linear_forward(s) && s.output().shape[1] > 1; },
                 [](const Site& s) {
                   std::vector<double> p = layer(s, right_term, right_bias);
                   const auto H = static_cast<std::ptrdiff_t>(s.output().shape[1]);
                   for (auto row = p.begin(); row != p.end(); row += H) {
                     const double top = *std::max_element(row, row + H);
                     double sum = 0;
                     for (auto z = row; z != row + H; ++z) sum += * z = std::exp(*z - top);
                     std::for_each(row, row + H, [sum](double& z) { z /= sum; });
                   }
                   return p;
                 },
                 [](const Site& s) {
                   return tr("with the softmax of {z} in its place: the logits themselves are asked for",
                             fmt::arg("z", s.output().name));
                 }});
}

void append_backward(std::vector<Mistake>& all) {
  const auto square_dx = [](const Site& s) { return linear_backward(s, 0) && square(s); };
  all.push_back(changed_terms(
      "dx-weights-transposed", square_dx,
      [](const Site& s, AlteredTerm& t) {
        const Linear l(s);
        return t.local = l.W[(t.index % l.D) * l.D + t.out % l.H], true;
      },
      [](const Site& s) { return tr("with {W} transposed: dz·{W}ᵀ for dz·{W}", fmt::arg("W", s.input(1).name)); }));
  all.push_back(changed_terms(
      "dx-weights-read-as-transposed", [](const Site& s) { return linear_backward(s, 0) && oblong(s); },
      [](const Site& s, AlteredTerm& t) {
        const Linear l(s);
        return t.local = l.W[(t.index % l.D) * l.H + t.out % l.H], true;
      },
      [](const Site& s) {
        return tr("with the numbers of {W} read as if its shape were (in, out)", fmt::arg("W", s.input(1).name));
      }));
  all.push_back(changed_terms(
      "dx-input-for-weights", [](const Site& s) { return linear_backward(s, 0); },
      [](const Site& s, AlteredTerm& t) {
        const Linear l(s);
        return t.local = l.x[t.index], true;
      },
      [](const Site& s) {
        return tr("with {x} where the factor {W} belongs", fmt::arg("x", s.input(0).name),
                  fmt::arg("W", s.input(1).name));
      }));
  all.push_back(changed_terms(
      "dW-weights-for-input", [](const Site& s) { return linear_backward(s, 1); },
      [](const Site& s, AlteredTerm& t) {
        const Linear l(s);
        return t.local = l.W[t.index], true;
      },
      [](const Site& s) {
        return tr("with {W} where the factor {x} belongs", fmt::arg("x", s.input(0).name),
                  fmt::arg("W", s.input(1).name));
      }));
  all.push_back(changed_terms(
      "activation-skipped", [](const Site& s) { return linear_backward(s, 1) && before_activation(s); },
      [](const Site& s, AlteredTerm& t) {
        const Linear l(s);
        return t.local = before_activation(s)->value[t.out / l.H * l.D + t.index % l.D], true;
      },
      [](const Site& s) {
        return tr("with {z} where {x} belongs: the activation is skipped", fmt::arg("z", before_activation(s)->name),
                  fmt::arg("x", s.input(0).name));
      }));
  all.push_back(changed_terms(
      "dW-first-sample-for-all", [](const Site& s) { return linear_backward(s, 1) && batch_of(s) > 1; },
      [](const Site& s, AlteredTerm& t) {
        const Linear l(s);
        return t.local = l.x[t.index % l.D], true;
      },
      [](const Site& s) {
        return tr("with {x} of the first row of the batch in every term", fmt::arg("x", s.input(0).name));
      }));
  all.push_back(changed_terms(
      "dW-bias-column", [](const Site& s) { return linear_backward(s, 1); },
      [](const Site& s, AlteredTerm& t) {
        const Linear l(s);
        return t.upstream += l.b[t.out % l.H], true;
      },
      [](const Site& s) { return tr("with {b} added to the upstream gradient", fmt::arg("b", s.input(2).name)); }));
  all.push_back(changed_terms(
      "db-sum-over-outputs", [](const Site& s) { return linear_backward(s, 2) && batch_of(s) > 1; },
      [](const Site& s, AlteredTerm& t) {
        const Linear l(s);
        return t.index = t.out / l.H, true;
      },
      [](const Site&) { return tr("with the sum over the outputs j, where it goes over the rows n of the batch"); }));
  all.push_back({"db-all-outputs", [](const Site& s) { return linear_backward(s, 2) && s.input(2).shape[0] > 1; },
                 [](const Site& s) {
                   double total = 0;
                   for (const double dz : s.output().gradient) total += dz;
                   return std::vector<double>(s.target().size(), total);
                 },
                 [](const Site&) { return tr("with the sum over all of dz in every element"); }});
  all.push_back(changed_terms(
      "db-weighted-by-input", [](const Site& s) { return linear_backward(s, 2); },
      [](const Site& s, AlteredTerm& t) {
        const Linear l(s);

        t.local = 0;
        for (std::size_t i = 0; i < l.D; ++i) t.local += l.x[(t.out / l.H) * l.D + i];
        return true;
      },
      [](const Site& s) {
        return tr("with every term multiplied by {x}: ∂z/∂{b} is 1", fmt::arg("x", s.input(0).name),
                  fmt::arg("b", s.input(2).name));
      }));
  all.push_back(changed_terms(
      "db-times-bias", [](const Site& s) { return linear_backward(s, 2); },
      [](const Site& s, AlteredTerm& t) {
        const Linear l(s);
        return t.local = l.b[t.out % l.H], true;  // not t.index, which another mistake may have moved out of b
      },
      [](const Site& s) {
        return tr("with every term multiplied by {b}: ∂z/∂{b} is 1", fmt::arg("b", s.input(2).name));
      }));
  all.push_back(changed_terms(
      "db-once-per-input", [](const Site& s) { return linear_backward(s, 2) && s.input(0).shape[1] > 1; },
      [](const Site& s, AlteredTerm& t) {
        const Linear l(s);
        return t.local = static_cast<double>(l.D), true;
      },
      [](const Site&) { return tr("added once for every input: the line stands inside the loop over i"); }));
}

}  // namespace

void append_linear_mistakes(std::vector<Mistake>& all) {
  append_forward(all);
  append_whole_sums(all);
  append_activation_behind(all);
  append_backward(all);
}

}  // namespace gradwalk::harness
