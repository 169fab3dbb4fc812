// What lesson 02 checks. Every loss on a batch of several rows and columns, and on one row; the absolute error at its
// kink and close to it, the logistic loss at logits of ±2 … ±7 and of ±800; the 0-1 loss by itself.
#include <algorithm>
#include <cmath>

#include "gradwalk/harness/lesson.hpp"
#include "gradwalk/tracer/language.hpp"
#include "judge_zero_one.hpp"

namespace gradwalk::harness {
namespace {

Trace regression(Draw& draw, OpKind kind, std::size_t batch, std::size_t outputs) {
  Trace t;
  t.input("f", {batch, outputs}, draw.numbers(batch * outputs));
  t.target("y", {batch, outputs}, draw.numbers(batch * outputs));
  t.op(kind, {"f", "y"}, "L");
  t.backward("L", {1});
  return t;
}

Trace classification(OpKind kind, const char* input, std::size_t classes, std::vector<double> values,
                     std::vector<double> labels) {
  const std::size_t batch = labels.size();
  Trace t;
  t.input(input, {batch, classes}, std::move(values));
  t.target("y", {batch}, std::move(labels));
  t.op(kind, {input, "y"}, "L");
  t.backward("L", {1});
  return t;
}

/// abs() without std:: is the one of whole numbers in C++ that is not careful; and a whole number over an unsigned one is
/// unsigned.
std::vector<KnownWrong> whole_number_mistakes(const Trace& t) {
  const std::vector<double> f = t.tensor("f").values, y = t.tensor("y").values;
  const std::size_t rows = t.tensor("f").shape[0];
  double sum = 0;
  std::vector<double> df;
  for (std::size_t i = 0; i < f.size(); ++i) {
    sum += std::abs(static_cast<int>(f[i] - y[i]));
    df.push_back(static_cast<double>(f[i] > y[i] ? 1 / rows : std::size_t(-1) / rows));
  }
  return {{"abs-of-whole-numbers",
           "L",
           {sum / static_cast<double>(rows)},
           tr("with every |f − y| cut to a whole number: abs is that of int, std::abs takes a double")},
          {"division-unsigned", "df", df,
           tr("with 1 and −1 divided as whole numbers without a sign: f.rows() is one, 1.0 / f.rows() is meant")}};
}

/// One output hits its target exactly, two others hit it nearly.
Check absolute_at_kink(Draw& draw) {
  Trace t;
  constexpr double near = 0x1p-20;
  std::vector<double> f = draw.numbers(8), y = draw.numbers(8);
  y[2] = f[2];
  f[1] = near, f[6] = -near, y[1] = y[6] = 0;
  t.input("f", {4, 2}, f);
  t.target("y", {4, 2}, y);
  t.op(OpKind::absolute_error, {"f", "y"}, "L");
  t.backward("L", {1});
  Check check = traced_check("absolute-kink", "absolute", t, {"f", "y"}, {{"df", "absolute-back"}});
  std::vector<double> flat = t.tensor("df").values;
  flat[1] = flat[6] = 0;
  check.known_wrong = {{"absolute-flat-near-kink", "df", flat,
                        tr("with 0 near the kink as well: the slope is taken as 0 at f = y itself only")}};
  return check;
}

/// Logits for which a sigmoid is neither in the middle nor at its end, of both signs.
std::vector<double> medium_logits(Draw& draw) {
  std::vector<double> z;
  for (const double size : {2.25, 3.5, 5.0, 6.5})
    for (const double sign : {1, -1}) z.push_back(sign * (size + static_cast<double>(draw.random().below(32)) / 32));
  return z;
}

}  // namespace

std::vector<Check> lesson_02_losses(Draw& draw) {
  std::vector<Check> checks;
  const auto add = [&](const std::string& id, const char* function, const Trace& t, const std::string& step) {
    const std::string input = t.record[t.record.ops[0].inputs[0]].name, gradient = "d" + input;
    checks.push_back(traced_check(id, function, t, {input, "y"}, {{"L", step}, {gradient, step + "-back"}}));
    // 1/N is a whole number of one row only. That one comes out right, so the zeros of the others are told.
    for (const std::string& name : {std::string("L"), gradient}) {
      std::vector<double> values = t.tensor(name).values;
      if (t.tensor(input).shape[0] > 1) std::fill(values.begin(), values.end(), 0);
      checks.back().known_wrong.push_back(
          {"division-of-whole-numbers", name, values,
           tr("with 1/N cut to a whole number, here 0: a quotient of two whole numbers is a whole number")});
    }
  };
  const auto add_regression = [&](const std::string& id, OpKind kind, std::size_t rows, std::size_t outputs) {
    const std::string loss = kind == OpKind::squared_error ? "squared" : "absolute";
    const Trace t = regression(draw, kind, rows, outputs);
    add(id, loss.c_str(), t, loss);
    if (kind != OpKind::absolute_error) return;
    for (const KnownWrong& known : whole_number_mistakes(t)) checks.back().known_wrong.push_back(known);
  };
  const auto add_logistic = [&](const std::string& id, const std::vector<double>& z,
                                const std::vector<double>& labels) {
    add(id, "logistic", classification(OpKind::binary_logistic, "z", 1, z, labels), "logistic");
  };
  const auto add_cross_entropy = [&](const std::string& id, std::size_t classes, const std::vector<double>& p,
                                     const std::vector<double>& labels) {
    add(id, "cross_entropy", classification(OpKind::cross_entropy, "p", classes, p, labels), "cross-entropy");
  };
  add_regression("squared", OpKind::squared_error, 4, 3);
  add_regression("squared-one-row", OpKind::squared_error, 1, 4);
  add_regression("absolute", OpKind::absolute_error, 4, 3);
  add_regression("absolute-one-row", OpKind::absolute_error, 1, 4);
  checks.push_back(absolute_at_kink(draw));
  for (Check& check : lesson_02::zero_one_checks(draw)) checks.push_back(std::move(check));
  add_logistic("logistic", draw.numbers(5), draw.labels(5, 2));
  add_logistic("logistic-medium", medium_logits(draw), draw.labels(8, 2));
  add_logistic("logistic-one-row", draw.numbers(1), {static_cast<double>(draw.random().below(2))});
  add_logistic("logistic-large", {800, -800, 800, -800, 0.5}, {0, 1, 1, 0, 1});
  add_cross_entropy("cross-entropy", 3, draw.probabilities(4, 3), draw.labels(4, 3));
  add_cross_entropy("cross-entropy-one-row", 3, draw.probabilities(1, 3),
                    {static_cast<double>(draw.random().below(3))});
  // A label that is hardly probable: what is added to p so that log(0) cannot come up shows here, and so does a limit.
  // A float holds it, and 1/p.
  constexpr double rare = 0x1p-120;
  add_cross_entropy("cross-entropy-rare", 3, {rare, 0.75, 0.25 - rare, 0.5, 0.25, 0.25}, {0, 1});
  return checks;
}

}  // namespace gradwalk::harness
