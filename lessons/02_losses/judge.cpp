// What lesson 02 checks. Every loss on a batch of several rows and columns; the absolute error at its kink, the
// logistic loss at logits of ±800; probabilities below one half that are still the largest of their row.
#include <set>

#include "gradwalk/harness/class_search.hpp"
#include "gradwalk/harness/lesson.hpp"
#include "gradwalk/tracer/language.hpp"

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
          {"division-of-whole-numbers", "df", df,
           tr("with 1 and −1 divided as whole numbers without a sign: f.rows() is one, 1.0 / f.rows() is meant")}};
}

/// One output hits its target exactly.
Check absolute_at_kink(Draw& draw) {
  Trace t;
  std::vector<double> f = draw.numbers(6), y = draw.numbers(6);
  y[2] = f[2];
  t.input("f", {3, 2}, f);
  t.target("y", {3, 2}, y);
  t.op(OpKind::absolute_error, {"f", "y"}, "L");
  t.backward("L", {1});
  return traced_check("absolute-kink", "absolute", t, {"f", "y"}, {{"df", "absolute-back"}});
}

/// What a row gives to its label and to the class behind it; the third class has the rest.
struct Row {
  double label, next;
};
constexpr Row right_below_half{0.375, 0.3125}, right_row{0.75, 0.125};
constexpr Row wrong_rows[] = {{0.25, 0.5}, {0.125, 0.5}, {0.25, 0.3125}};

/// p, its labels, and how many rows each way to count calls wrong.
struct ZeroOne {
  static constexpr std::size_t classes = 3;
  std::size_t rows = 0, right = 0, wrong = 0, not_above_half = 0, without_last_class = 0, without_first_class = 0;
  std::vector<double> p, y;

  /// Rows whose largest probability among classes first … last − 1 is not the label's.
  std::size_t missed(std::size_t first, std::size_t last) const {
    const std::vector<double> found =
        search_classes(p, classes, [=](const double* row, std::size_t k, std::size_t best) {
          return k < last && (best < first || is_larger(row, k, best));
        });
    std::size_t count = 0;
    for (std::size_t n = 0; n < rows; ++n) count += found[n] != y[n];
    return count;
  }
  bool tells_all_apart() const {
    return std::set<std::size_t>{0, right, wrong, not_above_half, without_last_class, without_first_class}.size() == 6;
  }
};

ZeroOne draw_zero_one(Draw& draw) {
  const auto count = [&draw](std::size_t least, std::size_t most) {
    return least + draw.random().below(most - least + 1);
  };
  ZeroOne z;
  const std::size_t below_half = count(1, 2), right = count(1, 4);
  z.wrong = count(2, 4);
  z.right = below_half + right;
  z.not_above_half = below_half + z.wrong;
  z.rows = z.right + z.wrong;
  z.y = draw.labels(z.rows, ZeroOne::classes);
  z.p.resize(z.rows * ZeroOne::classes);
  for (std::size_t n = 0; n < z.rows; ++n) {
    const Row row = n < below_half ? right_below_half : n < z.right ? right_row : wrong_rows[n % 3];
    const auto label = static_cast<std::size_t>(z.y[n]);
    z.p[n * ZeroOne::classes + label] = row.label;
    z.p[n * ZeroOne::classes + (label + 1) % ZeroOne::classes] = row.next;
    z.p[n * ZeroOne::classes + (label + 2) % ZeroOne::classes] = 1 - row.label - row.next;
  }
  z.without_last_class = z.missed(0, ZeroOne::classes - 1);
  z.without_first_class = z.missed(1, ZeroOne::classes);
  return z;
}

/// How many rows are of which kind is drawn, so that no fixed share is right; each known mistake gives another share.
Check zero_one(Draw& draw) {
  ZeroOne z = draw_zero_one(draw);
  while (!z.tells_all_apart()) z = draw_zero_one(draw);
  const std::size_t rows = z.rows;
  const auto share = [rows](std::size_t counted) { return static_cast<double>(counted) / static_cast<double>(rows); };
  Check check;
  check.id = "zero-one";
  check.function = "zero_one";
  check.send = {{"p", {rows, ZeroOne::classes}, z.p}, {"y", {rows}, z.y}};
  check.expect = {expected("share", "zero-one", {}, {share(z.wrong)})};
  check.known_wrong = {
      {"zero-one-accuracy",
       "share",
       {share(z.right)},
       tr("with the rows that are right counted, where the wrong ones count")},
      {"zero-one-sum",
       "share",
       {static_cast<double>(z.wrong)},
       tr("with the number of wrong rows, where their share belongs: 1/N is left out")},
      {"zero-one-half",
       "share",
       {share(z.not_above_half)},
       tr("with p[n, y[n]] < 0.5 for wrong: with three classes the largest may be less than one half")},
      {"zero-one-without-last-class",
       "share",
       {share(z.without_last_class)},
       tr("with the last class never looked at: the loop ends too early")},
      {"zero-one-without-first-class",
       "share",
       {share(z.without_first_class)},
       tr("with class 0 never looked at: the loop starts at 1")}};
  return check;
}

}  // namespace

std::vector<Check> lesson_02_losses(Draw& draw) {
  std::vector<Check> checks;
  const auto add = [&](const char* id, const char* function, const Trace& t, const char* input,
                       const std::string& step) {
    const std::string gradient = std::string("d") + input;
    checks.push_back(traced_check(id, function, t, {input, "y"}, {{"L", step}, {gradient, step + "-back"}}));
  };
  add("squared", "squared", regression(draw, OpKind::squared_error, 4, 3), "f", "squared");
  const Trace absolute = regression(draw, OpKind::absolute_error, 4, 3);
  add("absolute", "absolute", absolute, "f", "absolute");
  checks.back().known_wrong = whole_number_mistakes(absolute);
  checks.push_back(absolute_at_kink(draw));
  checks.push_back(zero_one(draw));
  add("logistic", "logistic", classification(OpKind::binary_logistic, "z", 1, draw.numbers(5), draw.labels(5, 2)), "z",
      "logistic");
  add("logistic-large", "logistic",
      classification(OpKind::binary_logistic, "z", 1, {800, -800, 800, -800, 0.5}, {0, 1, 1, 0, 1}), "z", "logistic");
  add("cross-entropy", "cross_entropy",
      classification(OpKind::cross_entropy, "p", 3, draw.probabilities(4, 3), draw.labels(4, 3)), "p", "cross-entropy");
  // A label that is hardly probable: what is added to p so that log(0) cannot come up shows here.
  constexpr double rare = 0x1p-60;
  add("cross-entropy-rare", "cross_entropy",
      classification(OpKind::cross_entropy, "p", 3, {rare, 0.75, 0.25 - rare, 0.5, 0.25, 0.25}, {0, 1}), "p",
      "cross-entropy");
  return checks;
}

}  // namespace gradwalk::harness
