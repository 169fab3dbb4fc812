#include "judge_wrong.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "gradwalk/tracer/language.hpp"

namespace gradwalk::harness::lesson_05 {
namespace {

using Values = std::vector<double>;

struct Logits {
  std::size_t rows, classes;
  Values z;

  double at(std::size_t n, std::size_t k) const { return z[n * classes + k]; }
  Values row(std::size_t n) const {
    return {z.begin() + std::ptrdiff_t(n * classes), z.begin() + std::ptrdiff_t((n + 1) * classes)};
  }
};

double sum_of_exponentials(const Logits& l, std::size_t n, double shift) {
  double sum = 0;
  for (std::size_t k = 0; k < l.classes; ++k) sum += std::exp(l.at(n, k) - shift);
  return sum;
}

double largest(const Values& values) { return *std::max_element(values.begin(), values.end()); }

/// What is taken from the logits of row n in place of their maximum.
struct OtherMaximum {
  const char* mistake;
  std::string words;
  std::function<double(const Logits&, std::size_t n)> shift;
  bool overflows = false;  // where a logit is far above the others
};

std::vector<OtherMaximum> other_maxima() {
  return {{"softmax-maximum-from-zero",
           tr("with the search for the maximum begun at 0: a row of large negative logits becomes 0/0"),
           [](const Logits& l, std::size_t n) { return std::max(0.0, largest(l.row(n))); }},
          {"softmax-maximum-so-far",
           tr("with the maximum of the rows before still in the search: a row far below them becomes 0/0"),
           [](const Logits& l, std::size_t n) {
             return *std::max_element(l.z.begin(), l.z.begin() + std::ptrdiff_t((n + 1) * l.classes));
           }},
          {"softmax-first-for-maximum",
           tr("with the first logit of the row subtracted, not its maximum: one far above it overflows"),
           [](const Logits& l, std::size_t n) { return l.at(n, 0); }, true},
          {"softmax-last-for-maximum",
           tr("with the last logit of the row subtracted, not its maximum: one far above it overflows"),
           [](const Logits& l, std::size_t n) { return l.at(n, l.classes - 1); }, true},
          {"softmax-mean-for-maximum",
           tr("with the mean of the row subtracted, not its maximum: a logit far above it overflows"),
           [](const Logits& l, std::size_t n) {
             const Values row = l.row(n);
             return std::accumulate(row.begin(), row.end(), 0.0) / double(l.classes);
           },
           true},
          {"softmax-minimum-for-maximum",
           tr("with the minimum of the row subtracted, not its maximum: a logit far above it overflows"),
           [](const Logits& l, std::size_t n) {
             const Values row = l.row(n);
             return *std::min_element(row.begin(), row.end());
           },
           true},
          {"softmax-maximum-of-absolute",
           tr("with the maximum of |z| subtracted: a row of large negative logits becomes 0/0"),
           [](const Logits& l, std::size_t n) {
             Values row = l.row(n);
             for (double& z : row) z = std::abs(z);
             return largest(row);
           }}};
}

std::string words_of_overflow() {
  return tr("with something else than the row's maximum subtracted, or nothing: a logit far above it overflows");
}

Values probabilities(const Logits& l, const OtherMaximum& way) {
  Values p;
  for (std::size_t n = 0; n < l.rows; ++n) {
    const double m = way.shift(l, n), sum = sum_of_exponentials(l, n, m);
    for (std::size_t k = 0; k < l.classes; ++k) p.push_back(std::exp(l.at(n, k) - m) / sum);
  }
  return p;
}

double loss(const Logits& l, const Values& y, const OtherMaximum& way) {
  double L = 0;
  for (std::size_t n = 0; n < l.rows; ++n) {
    const double m = way.shift(l, n);
    L += m + std::log(sum_of_exponentials(l, n, m)) - l.at(n, std::size_t(y[n]));
  }
  return L / double(l.rows);
}

/// Softmax of every column.
Values down_the_columns(const Logits& l) {
  Values p(l.z.size());
  for (std::size_t k = 0; k < l.classes; ++k) {
    double m = l.at(0, k), sum = 0;
    for (std::size_t n = 1; n < l.rows; ++n) m = std::max(m, l.at(n, k));
    for (std::size_t n = 0; n < l.rows; ++n) sum += p[n * l.classes + k] = std::exp(l.at(n, k) - m);
    for (std::size_t n = 0; n < l.rows; ++n) p[n * l.classes + k] /= sum;
  }
  return p;
}

/// Every row divided by the sum over it and all rows before.
Values by_sums_so_far(const Logits& l) {
  Values p;
  double sum = 0;
  for (std::size_t n = 0; n < l.rows; ++n) {
    const double m = largest(l.row(n));
    sum += sum_of_exponentials(l, n, m);
    for (std::size_t k = 0; k < l.classes; ++k) p.push_back(std::exp(l.at(n, k) - m) / sum);
  }
  return p;
}

const char* const over_batch = "softmax-over-batch";

std::string words_of_columns() {
  return tr("with each column divided by its sum over the rows of the batch: it is every row that sums to 1");
}

/// dz[n,k] = p·of_p − y·of_one, with other factors at the label than elsewhere.
struct Factors {
  double p_at_label, one_at_label, p_elsewhere, one_elsewhere = 0;
};

Values fused_gradient(const Values& p, const Values& y, const Factors& f) {
  const std::size_t classes = p.size() / y.size();
  Values dz;
  for (std::size_t i = 0; i < p.size(); ++i)
    dz.push_back(double(i % classes) == y[i / classes] ? p[i] * f.p_at_label - f.one_at_label
                                                       : p[i] * f.p_elsewhere - f.one_elsewhere);
  return dz;
}

void add_wrong_factors(Check& check, const Values& p, const Values& y, double dL) {
  const double N = double(y.size()), all = dL / N;
  const auto known = [&](const char* id, const Factors& factors, const std::string& words) {
    check.known_wrong.push_back({id, "dz", fused_gradient(p, y, factors), words});
  };
  struct Missing {
    double rest;
    const char* factor;
  };
  for (const auto& [rest, factor] : {Missing{1, "dL/N"}, Missing{dL, "1/N"}, Missing{1 / N, "dL"}}) {
    const auto name = fmt::arg("factor", factor);
    known("fused-label-scaled-alone", {all, all, rest},
          tr("with {factor} multiplied into the label's element only: it belongs to all of them", name));
    known("fused-label-not-scaled", {rest, rest, all},
          tr("with {factor} multiplied into the other elements only: the label's is left out", name));
    known("fused-one-not-scaled", {all, rest, all},
          tr("with the 1 of the label subtracted whole, without {factor}: it is (p − y) that is multiplied", name));
    known("fused-one-scaled-alone", {rest, all, rest},
          tr("with {factor} multiplied into the 1 of the label only: it is (p − y) that is multiplied", name));
  }
  known("fused-one-from-every-class", {all, all, all, all},
        tr("with 1 subtracted from every class, where only the label loses it"));
  known("fused-one-from-other-classes", {all, 0, all, all},
        tr("with 1 subtracted from every class but the label, which alone loses it"));
}

}  // namespace

void add_known_wrong(Check& check) {
  const Trace& t = *check.trace;
  const auto id = t.record.find("z");
  if (!id) return;
  const Tensor& tensor = t.record[*id];
  const Logits z{tensor.shape[0], tensor.shape[1], tensor.value};
  const auto known = [&](const char* mistake, const char* output, Values values, const std::string& words) {
    check.known_wrong.push_back({mistake, output, std::move(values), words});
  };
  if (t.record.find("p")) {
    known(over_batch, "p", down_the_columns(z), words_of_columns());
    for (const OtherMaximum& way : other_maxima()) known(way.mistake, "p", probabilities(z, way), way.words);
    return;
  }
  const Values y = t.tensor("y").values;
  const double dL = t.upstream[0], all = dL / double(y.size());
  const auto gradient = [&](const Values& p) { return fused_gradient(p, y, {all, all, all}); };
  known(over_batch, "dz", gradient(down_the_columns(z)), words_of_columns());
  // The catalogue knows it too, but not that it is the mistake of p once more.
  known("softmax-sum-not-reset", "dz", gradient(by_sums_so_far(z)),
        tr("with the p of a softmax whose sum is not set back to 0 before the next row"));
  for (const OtherMaximum& way : other_maxima()) {
    known(way.mistake, "L", {loss(z, y, way)}, way.words);
    // What was subtracted a loss that is not a number does not tell, unless softmax is wrong in the same way.
    if (way.overflows) known("softmax-maximum-missing", "L", {loss(z, y, way)}, words_of_overflow());
    known(way.mistake, "dz", gradient(probabilities(z, way)), way.words);
  }
  const OtherMaximum right{"", "", [](const Logits& l, std::size_t n) { return largest(l.row(n)); }};
  add_wrong_factors(check, probabilities(z, right), y, dL);
}

}  // namespace gradwalk::harness::lesson_05
