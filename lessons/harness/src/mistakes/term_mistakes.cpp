#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "gradwalk/tracer/language.hpp"
#include "mistakes/terms.hpp"

// Mistakes that can be made with the terms of any op: a factor, a sign, a sum, an index.

namespace gradwalk::harness {
namespace {

std::string upstream_of(const Site& s) { return "d" + s.output().name; }
std::string local_of(const Site& s) { return "∂" + s.output().name + "/∂" + s.target().name; }

using Words = std::function<std::string(const Site&)>;
#define WORDS(text)                                                                 \
  [](const Site& s) {                                                               \
    return tr(text, fmt::arg("up", upstream_of(s)), fmt::arg("local", local_of(s)), \
              fmt::arg("target", "d" + s.target().name));                           \
  }

bool any_gradient(const Site& s) { return !s.is_forward(); }

/// A loss of its own gets the upstream 1, which nobody misses.
bool upstream_is_not_one(const Site& s) {
  if (s.is_forward()) return false;
  for (const double up : s.output().gradient)
    if (up != 1) return true;
  return false;
}

bool upstream_has_signs(const Site& s) {
  if (s.is_forward()) return false;
  for (const double up : s.output().gradient)
    if (up < 0) return true;
  return false;
}

bool is_loss(const Site& s) { return s.output().shape.empty() && s.record()[s.the_op().output].role == Role::loss; }

/// Whether any local derivative differs from 1: otherwise nothing changes when it is left out.
bool has_factor(const Site& s) {
  if (s.is_forward()) return false;
  for (const AlteredTerm& t : terms_at(s))
    if (t.local != 1 && t.local != 0) return true;
  return false;
}

/// Several terms meet in an element: rows of a batch, outputs of a layer.
bool sums(const Site& s) {
  if (s.is_forward()) return false;
  std::vector<int> count(s.target().size());
  for (const AlteredTerm& t : terms_at(s))
    if (++count[t.index] > 1) return true;
  return false;
}

/// The sum of the terms goes over the rows of the batch: a parameter.
bool sums_rows(const Site& s) { return !s.is_forward() && s.target().role == Role::parameter && batch_of(s) > 1; }

std::size_t row_of(const Site& s, const AlteredTerm& t) { return t.out / columns_of(s.output().shape); }
std::size_t column_of(const Site& s, const AlteredTerm& t) { return t.out % columns_of(s.output().shape); }

Mistake times(std::string_view id, std::function<bool(const Site&)> applies,
              const std::function<double(const Site&)>& factor, Words words) {
  return changed_terms(
      id, std::move(applies), [factor](const Site& s, AlteredTerm& t) { return t.upstream *= factor(s), true; },
      std::move(words));
}

double batch(const Site& s) { return static_cast<double>(batch_of(s)); }

void append_factors(std::vector<Mistake>& all) {
  all.push_back(changed_terms(
      "upstream-left-out", upstream_is_not_one, [](const Site&, AlteredTerm& t) { return t.upstream = 1, true; },
      WORDS("with the upstream gradient {up} left out")));
  all.push_back(changed_terms(
      "loss-for-upstream",
      [](const Site& s) { return any_gradient(s) && is_loss(s) && s.output().value[0] != s.output().gradient[0]; },
      [](const Site& s, AlteredTerm& t) { return t.upstream = s.output().value[0], true; },
      [](const Site& s) {
        return tr("with {L} itself for the upstream gradient, where {up} belongs", fmt::arg("L", s.output().name),
                  fmt::arg("up", s.output().gradient[0] == 1 ? "1" : upstream_of(s)));
      }));
  all.push_back(changed_terms(
      "local-left-out", has_factor, [](const Site&, AlteredTerm& t) { return t.local = t.local == 0 ? 0 : 1, true; },
      WORDS("with the factor {local} left out")));
  // For an elementwise op these two are "local-left-out" and "upstream-left-out".
  const auto mixes = [](const Site& s) {
    return !s.is_forward() && (s.kind() == OpKind::linear || s.kind() == OpKind::softmax) &&
           s.target().shape == s.output().shape;
  };
  all.push_back({"passed-through", mixes, [](const Site& s) { return s.output().gradient; },
                 WORDS("with {up} handed on unchanged: the factor {local} is left out")});
  all.push_back(changed_terms(
      "local-alone-passed", mixes, [](const Site&, AlteredTerm& t) { return t.upstream = 1, t.out == t.index; },
      WORDS("with {local} alone: the upstream gradient {up} is left out")));
  all.push_back(changed_terms(
      "sum-for-product-of-factors", any_gradient,
      [](const Site&, AlteredTerm& t) { return t.upstream += t.local, t.local = 1, true; },
      WORDS("with {up} + {local} where the product {up}·{local} belongs")));
  all.push_back(changed_terms(
      "local-squared", has_factor, [](const Site&, AlteredTerm& t) { return t.local *= t.local, true; },
      WORDS("with the factor {local} squared")));
  all.push_back(changed_terms(
      "local-divides", has_factor,
      [](const Site&, AlteredTerm& t) {
        return t.local = 1 / t.local, t.local < std::numeric_limits<double>::infinity();
      },
      WORDS("divided by {local}, where {local} multiplies")));
  all.push_back(changed_terms(
      "upstream-squared", upstream_is_not_one,
      [](const Site&, AlteredTerm& t) { return t.upstream *= t.upstream, true; },
      WORDS("with the upstream gradient {up} squared")));
  all.push_back(changed_terms(
      "upstream-absolute", upstream_has_signs,
      [](const Site&, AlteredTerm& t) { return t.upstream = std::abs(t.upstream), true; },
      WORDS("with the sign of the upstream gradient {up} lost")));
  all.push_back(times(
      "sign", any_gradient, [](const Site&) { return -1.0; }, WORDS("with its sign turned round")));
  all.push_back(times(
      "doubled", any_gradient, [](const Site&) { return 2.0; }, WORDS("twice over")));
  all.push_back(times(
      "halved", [](const Site& s) { return !s.is_forward() && s.kind() != OpKind::squared_error; },
      [](const Site&) { return 0.5; }, WORDS("halved")));
  all.push_back({"never-filled", any_gradient, [](const Site& s) { return std::vector<double>(s.target().size()); },
                 WORDS("never filled: all zeros came back")});
}

void append_batch(std::vector<Mistake>& all) {
  const auto in_batch = [](const Site& s) {
    return !s.is_forward() && !is_loss(s) && s.output().shape.size() == 2 && batch_of(s) > 1;
  };
  all.push_back(times(
      "divided-by-batch", in_batch, [](const Site& s) { return 1 / batch(s); },
      WORDS("divided by the batch size N: the loss has done that already")));
  all.push_back(times(
      "multiplied-by-batch", in_batch, [](const Site& s) { return batch(s); },
      WORDS("multiplied by the batch size N")));
  all.push_back(times(
      "divided-by-outputs",
      [=](const Site& s) {
        return in_batch(s) && columns_of(s.output().shape) > 1 && columns_of(s.output().shape) != batch_of(s);
      },
      [](const Site& s) { return 1 / static_cast<double>(columns_of(s.output().shape)); },
      WORDS("divided by the number of outputs")));
  all.push_back(changed_terms(
      "first-row-only", in_batch, [](const Site& s, AlteredTerm& t) { return row_of(s, t) == 0; },
      WORDS("with the first row of the batch only")));
  all.push_back(changed_terms(
      "last-row-only", in_batch, [](const Site& s, AlteredTerm& t) { return row_of(s, t) + 1 == batch_of(s); },
      WORDS("with the last row of the batch only: = for +=, or the sum over the batch is left out")));
  all.push_back(changed_terms(
      "first-row-skipped", in_batch, [](const Site& s, AlteredTerm& t) { return row_of(s, t) != 0; },
      WORDS("with the first row of the batch left out: the loop starts at 1")));
  all.push_back(changed_terms(
      "last-row-skipped", in_batch, [](const Site& s, AlteredTerm& t) { return row_of(s, t) + 1 != batch_of(s); },
      WORDS("with the last row of the batch left out: the loop ends too early")));
  all.push_back(changed_terms(
      "first-output-skipped", [=](const Site& s) { return in_batch(s) && columns_of(s.output().shape) > 1; },
      [](const Site& s, AlteredTerm& t) { return column_of(s, t) != 0; },
      WORDS("with output 0 left out: the loop starts at 1")));
  all.push_back(changed_terms(
      "last-output-skipped", [=](const Site& s) { return in_batch(s) && columns_of(s.output().shape) > 1; },
      [](const Site& s, AlteredTerm& t) { return column_of(s, t) + 1 != columns_of(s.output().shape); },
      WORDS("with the last output left out: the loop ends too early")));
  all.push_back(changed_terms(
      "upstream-of-first-row", in_batch,
      [](const Site& s, AlteredTerm& t) {
        const std::vector<double>& up = s.output().gradient;
        return t.upstream = up[column_of(s, t)], true;
      },
      WORDS("with the first row of {up} used for every row of the batch")));
  all.push_back(changed_terms(
      "upstream-of-first-output", [=](const Site& s) { return in_batch(s) && columns_of(s.output().shape) > 1; },
      [](const Site& s, AlteredTerm& t) {
        const std::vector<double>& up = s.output().gradient;
        return t.upstream = up[row_of(s, t) * columns_of(s.output().shape)], true;
      },
      WORDS("with the first column of {up} used for every output")));
  all.push_back({"upstream-summed-over-batch",
                 [=](const Site& s) { return in_batch(s) && s.target().role != Role::parameter; },
                 [](const Site& s) {
                   const std::size_t columns = columns_of(s.output().shape);
                   std::vector<double> sum(columns);
                   for (std::size_t i = 0; i < s.output().size(); ++i) sum[i % columns] += s.output().gradient[i];
                   return sum_of_terms(s, [&](AlteredTerm& t) { return t.upstream = sum[column_of(s, t)], true; });
                 },
                 WORDS("with {up} summed over the batch first: every row has its own gradient")});
  all.push_back(
      {"sums-multiplied",
       [=](const Site& s) { return in_batch(s) && sums_rows(s) && s.kind() == OpKind::linear && s.slot == 1; },
       [](const Site& s) {
         const std::size_t D = s.input(0).shape[1], H = s.output().shape[1], N = batch_of(s);
         std::vector<double> x(D), up(H), product(D * H);
         for (std::size_t n = 0; n < N; ++n) {
           for (std::size_t i = 0; i < D; ++i) x[i] += s.input(0).value[n * D + i];
           for (std::size_t j = 0; j < H; ++j) up[j] += s.output().gradient[n * H + j];
         }
         for (std::size_t j = 0; j < H; ++j)
           for (std::size_t i = 0; i < D; ++i) product[j * D + i] = up[j] * x[i];
         return product;
       },
       WORDS("with the product of two sums over the batch, where the sum of the products belongs")});
}

void append_sums(std::vector<Mistake>& all) {
  const auto last_wins = [](const Site& s) {
    std::vector<double> last(s.target().size());
    for (const AlteredTerm& t : terms_at(s)) last[t.index] = t.upstream * t.local;
    return last;
  };
  const auto first_wins = [](const Site& s) {
    std::vector<double> first(s.target().size());
    std::vector<bool> seen(first.size());
    for (const AlteredTerm& t : terms_at(s)) {
      if (!seen[t.index]) first[t.index] = t.upstream * t.local;
      seen[t.index] = true;
    }
    return first;
  };
  const auto over_outputs = [](const Site& s) {
    return sums(s) && s.target().role != Role::parameter && s.kind() == OpKind::linear;
  };
  all.push_back({"last-term-wins", over_outputs, last_wins, WORDS("with only the last term of its sum: = for +=")});
  all.push_back({"first-term-only", over_outputs, first_wins, WORDS("with only the first term of its sum")});
  all.push_back({"subtracted", sums_rows,
                 [](const Site& s) {
                   bool first_row = false;
                   return sum_of_terms(s, [&](AlteredTerm& t) {
                     return first_row = row_of(s, t) == 0, t.upstream = first_row ? t.upstream : -t.upstream, true;
                   });
                 },
                 WORDS("with the later rows of the batch subtracted, not added")});
}

void append_indices(std::vector<Mistake>& all) {
  const auto square_parameter = [](const Site& s) {
    return !s.is_forward() && s.target().shape.size() == 2 && s.target().shape[0] == s.target().shape[1] &&
           s.target().shape[0] > 1 && s.kind() == OpKind::linear;
  };
  all.push_back(changed_terms(
      "transposed", square_parameter,
      [](const Site& s, AlteredTerm& t) {
        const std::size_t n = s.target().shape[0];
        return t.index = t.index % n * n + t.index / n, true;
      },
      WORDS("transposed")));
  all.push_back(changed_terms(
      "stored-transposed",
      [](const Site& s) {
        return s.kind() == OpKind::linear && !s.is_forward() && s.target().shape.size() == 2 &&
               s.target().shape[0] != s.target().shape[1] && s.target().shape[0] > 1 && s.target().shape[1] > 1;
      },
      [](const Site& s, AlteredTerm& t) {
        const std::size_t rows = s.target().shape[0], cols = s.target().shape[1];
        return t.index = t.index % cols * rows + t.index / cols, true;
      },
      WORDS("transposed: its numbers stand column by column")));
  all.push_back(changed_terms(
      "upstream-transposed",
      [](const Site& s) {
        return !s.is_forward() && s.output().shape.size() == 2 && s.output().shape[0] == s.output().shape[1] &&
               s.output().shape[0] > 1;
      },
      [](const Site& s, AlteredTerm& t) {
        const std::size_t n = s.output().shape[0];
        const std::vector<double>& up = s.output().gradient;
        return t.upstream = up[t.out % n * n + t.out / n], true;
      },
      WORDS("with {up} transposed")));
}

#undef WORDS

}  // namespace

void append_term_mistakes(std::vector<Mistake>& all) {
  append_factors(all);
  append_batch(all);
  append_sums(all);
  append_indices(all);
}

}  // namespace gradwalk::harness
