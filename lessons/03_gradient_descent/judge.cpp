// What lesson 03 checks: here the gradient on some rows, held against finite differences; beside it the shuffle and the
// descent.
#include <algorithm>
#include <cmath>

#include "gradwalk/tracer/language.hpp"
#include "judge_orders.hpp"

namespace gradwalk::harness {
namespace lesson_03 {
namespace {

struct TrainingSet {
  Values x, y;
};

/// The neuron on these rows of the training set; the targets may be those of others.
Trace neuron(const Values& w, double b, const TrainingSet& all, const Values& rows, const Values& rows_of_y) {
  Values x, y;
  for (const double row : rows) {
    const auto at = all.x.begin() + std::ptrdiff_t(row) * std::ptrdiff_t(D);
    x.insert(x.end(), at, at + D);
  }
  for (const double row : rows_of_y) y.push_back(all.y[std::size_t(row)]);
  Trace t;
  t.input("x", {rows.size(), D}, x);
  t.parameter("W", {1, D}, w);
  t.parameter("b", {1}, {b});
  t.op(OpKind::linear, {"x", "W", "b"}, "f");
  t.target("y", {rows.size(), 1}, y);
  t.op(OpKind::squared_error, {"f", "y"}, "L");
  t.backward("L", {1});
  return t;
}

/// dW with df as it is and the x of other rows.
Values dW_with_x_of(const Trace& t, const TrainingSet& all, const Values& rows) {
  const Values df = t.tensor("df").values;
  Values dW(D);
  for (std::size_t k = 0; k < rows.size(); ++k)
    for (std::size_t i = 0; i < D; ++i) dW[i] += df[k] * all.x[std::size_t(rows[k]) * D + i];
  return dW;
}

Check gradient_check(Draw& draw, const std::string& id, const Values& rows) {
  constexpr std::size_t count = 8;
  const Values w = draw.numbers(D), b = draw.numbers(1), x = draw.numbers(count * D);
  const Values places = in_order(rows.size());
  // Too high, too low, too high … : where all errors had one sign, a lost sign would look like a turned one.
  Values y = draw.numbers(count);
  for (std::size_t n = 0; n < count; ++n) {
    double f = b[0];
    for (std::size_t i = 0; i < D; ++i) f += w[i] * x[n * D + i];
    y[n] = f + (n % 4 < 2 ? 1 : -1) * std::abs(y[n]);
  }
  const TrainingSet all{x, y};
  const auto on = [&](const Values& of_x, const Values& of_y) { return neuron(w, b[0], all, of_x, of_y); };
  const Trace t = on(rows, rows);
  Check check = traced_check(id, "gradient", t, {"W", "b"}, {{"dW", "gradient"}, {"db", "gradient"}});
  check.send.push_back({"rows", {rows.size()}, rows});
  check.send.push_back({"all x", {count, D}, x});
  check.send.push_back({"all y", {count}, y});
  for (const char* name : {"dW", "db"}) {
    Values over_all = t.tensor(name).values;
    for (double& value : over_all) value *= double(rows.size()) / count;
    check.known_wrong.push_back(
        {"mean-over-all-rows", name, over_all, tr("divided by the rows of the training set, not of the mini-batch")});
    // 1/N is a whole number of one row only. That one comes out right, so the zeros of the others are told.
    Values whole = t.tensor(name).values;
    if (rows.size() > 1) std::fill(whole.begin(), whole.end(), 0);
    check.known_wrong.push_back(
        {"division-of-whole-numbers", name, whole,
         tr("with 1/N cut to a whole number, here 0: a quotient of two whole numbers is a whole number")});
    const auto known = [&](const char* mistake, const Values& of_x, const Values& of_y, const std::string& words) {
      check.known_wrong.push_back({mistake, name, on(of_x, of_y).tensor(name).values, words});
    };
    known("rows-as-they-lie", places, places, tr("of the first rows of x, not of those that are named"));
    known("rows-all", in_order(count), in_order(count), tr("of all rows of x, not of those that are named"));
    known("y-by-place", rows, places,
          tr("with y taken by the place in the list, y[k], where the row belongs, y[rows[k]]"));
    known("x-by-place", places, rows, tr("with x taken by the place in the list, where the row belongs"));
  }
  check.known_wrong.push_back({"x-of-dw-by-place", "dW", dW_with_x_of(t, all, places),
                               tr("with the x in df·x taken by the place in the list, where the row belongs")});
  check.known_wrong.push_back({"x-of-f-by-place", "dW", dW_with_x_of(on(places, rows), all, rows),
                               tr("with the x in f taken by the place in the list, where the row belongs")});
  check.known_wrong.push_back({"x-of-f-by-place", "db", on(places, rows).tensor("db").values,
                               tr("with the x in f taken by the place in the list, where the row belongs")});
  return check;
}

}  // namespace
}  // namespace lesson_03

std::vector<Check> lesson_03_gradient_descent(Draw& draw) {
  using namespace lesson_03;
  const auto gradient_on = [&](const std::string& id, const Values& rows) {
    Check gradient = gradient_check(draw, id, rows);
    // Short numbers cancel now and then: a db of 0 is what nobody has computed, and that of the first row, or of the last
    // one, what some compute wrongly.
    const auto cancels = [](const Check& check) {
      const Values df = check.trace->tensor("df").values;
      const double db = check.expect[1].values[0];
      const auto is_small = [](double number) { return std::abs(number) < 0.05; };
      return is_small(db) || (df.size() > 1 && (is_small(db - df.front()) || is_small(db - df.back())));
    };
    while (cancels(gradient)) gradient = gradient_check(draw, id, rows);
    return gradient;
  };
  // As many as nothing else, neither inputs nor weights.
  std::vector<Check> checks = {gradient_on("gradient", {6, 1, 4, 7, 2}), gradient_on("gradient-one-row", {5})};
  // One row only tells who divides whole numbers. Nothing of a batch can go wrong in it: no trace, and db is enough.
  Check& one_row = checks.back();
  one_row.trace.reset();
  one_row.expect.erase(one_row.expect.begin());
  one_row.expect[0].gradient = true;
  for (Check& check : shuffle_checks(draw)) checks.push_back(std::move(check));
  for (Check& check : descent_checks(draw)) checks.push_back(std::move(check));
  return checks;
}

}  // namespace gradwalk::harness
