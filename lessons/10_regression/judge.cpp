// What lesson 10 checks: the line, both gradients held against finite differences, and a descent of a few steps.
#include <algorithm>
#include <cmath>
#include <set>

#include "gradwalk/harness/lesson.hpp"
#include "gradwalk/tracer/language.hpp"
#include "judge_fit.hpp"

namespace gradwalk::harness {
namespace {

constexpr double near = 0x1p-20;

/// Points of both sides of a line; for the absolute error one lies on it and two very near it.
Trace line(Draw& draw, OpKind loss, std::size_t points) {
  Trace t;
  t.input("x", {points, 1}, draw.numbers(points));
  t.parameter("W", {1, 1}, draw.numbers(1));
  t.parameter("b", {1}, draw.numbers(1));
  t.op(OpKind::linear, {"x", "W", "b"}, "f");
  std::vector<double> y = t.tensor("f").values;
  const std::vector<double> distances = draw.numbers(points);
  for (std::size_t n = 0; n < points; ++n) y[n] += distances[n];
  if (loss == OpKind::absolute_error) {
    y[2] = t.tensor("f").values[2];
    y[3] = t.tensor("f").values[3] + near;
    y[4] = t.tensor("f").values[4] - near;
  }
  t.target("y", {points, 1}, std::move(y));
  t.op(loss, {"f", "y"}, "L");
  t.backward("L", {1});
  return t;
}

bool has_both_signs(const std::vector<double>& numbers) {
  return *std::min_element(numbers.begin(), numbers.end()) < 0 && *std::max_element(numbers.begin(), numbers.end()) > 0;
}

double sign_of(double number) { return double(number > 0) - double(number < 0); }

/// Wrong lines. Their gradients, which the checks of these find from the student's own f, are no mistakes.
std::vector<KnownWrong> wrong_lines(const Trace& t) {
  const double w = t.tensor("W").values[0], b = t.tensor("b").values[0];
  const auto line = [&](const char* mistake, const std::string& words, auto f) {
    std::vector<double> values = t.tensor("x").values;
    for (double& x : values) x = f(x);
    return KnownWrong{mistake, "f", values, words};
  };
  return {
      line("w-and-b-swapped", tr("with w and b in each other's place"), [=](double x) { return b * x + w; }),
      line("bias-inside-brackets", tr("with w·(x + b), where w·x + b belongs"), [=](double x) { return w * (x + b); }),
      line("bias-added-to-weight", tr("with (w + b)·x, where w·x + b belongs"), [=](double x) { return (w + b) * x; })};
}

Check prediction_check(const Trace& t) {
  Check check = traced_check("predict", "predict", t, {"W", "b", "x"}, {{"f", "predict"}});
  check.known_wrong = wrong_lines(t);
  return check;
}

/// Both gradients where ∂L/∂f[n] is slope(f[n], y[n], N)/N.
template <class Slope>
void add_wrong_slope(Check& check, const char* mistake, const std::string& words, Slope slope) {
  const Trace& t = *check.trace;
  const std::vector<double> x = t.tensor("x").values, y = t.tensor("y").values, f = t.tensor("f").values;
  double dw = 0, db = 0;
  for (std::size_t n = 0; n < x.size(); ++n) {
    const double df = slope(f[n], y[n], x.size());
    dw += df * x[n];
    db += df;
  }
  check.known_wrong.push_back({mistake, "dW", {dw}, words});
  check.known_wrong.push_back({mistake, "db", {db}, words});
}

KnownWrong cut_to_zero(const std::string& loss, const char* name, double value) {
  return {"division-of-whole-numbers-" + loss,
          name,
          {value},
          tr("with 1/N cut to a whole number, here 0: a quotient of two whole numbers is a whole number")};
}

/// 1/N is a whole number of one point only. That one comes out right, so the zeros of the others are told. On the line
/// w = b = 0 every way to compute f gives 0: nothing of a wrong one goes on into this.
Check one_point_check(Draw& draw, const std::string& loss) {
  const double x = draw.numbers(1)[0], y = draw.numbers(1)[0], df = loss == "squared" ? -2 * y : -sign_of(y);
  Check check;
  check.id = loss + "-one-point";
  check.function = loss;
  check.send = {{"W", {1, 1}, {0}}, {"b", {1}, {0}}, {"x", {1, 1}, {x}}, {"y", {1, 1}, {y}}};
  check.expect = {expected("dW", loss, {1, 1}, {df * x}), expected("db", loss, {1}, {df})};
  for (Expected& one : check.expect) {
    one.gradient = true;
    check.known_wrong.push_back(cut_to_zero(loss, one.name.c_str(), one.values[0]));
  }
  return check;
}

Check gradient_check(const std::string& loss, const Trace& t) {
  Check check = traced_check(loss, loss, t, {"W", "b", "x", "y"}, {{"f", "predict"}, {"dW", loss}, {"db", loss}});
  check.known_wrong = wrong_lines(t);
  const std::string words = tr("with ∂L/∂w and ∂L/∂b in each other's place"), swapped = "swapped-in-" + loss;
  check.known_wrong.push_back({swapped, "dW", t.tensor("db").values, words});
  check.known_wrong.push_back({swapped, "db", t.tensor("dW").values, words});
  for (const char* name : {"dW", "db"}) check.known_wrong.push_back(cut_to_zero(loss, name, 0));
  if (loss != "absolute") return check;
  add_wrong_slope(check, "absolute-sign-of-y", tr("with the sign of y, where that of f − y belongs"),
                  [](double, double y, std::size_t N) { return sign_of(y) / double(N); });
  add_wrong_slope(
      check, "absolute-flat-near-kink",
      tr("with 0 near the kink as well: the slope is taken as 0 at f = y itself only"),
      [](double f, double y, std::size_t N) { return std::abs(f - y) > near ? sign_of(f - y) / double(N) : 0; });
  add_wrong_slope(check, "division-unsigned",
                  tr("with −1 divided by a whole number without a sign: x.size() is one, double(x.size()) is meant"),
                  [](double f, double y, std::size_t N) {
                    return f < y ? static_cast<double>(std::size_t(-1) / N) : double(f > y) / double(N);
                  });
  return check;
}

/// db is the number of points above less that of points below, over N: few numbers, so that mistakes easily agree in it.
bool counts_tell_apart(const Trace& t) {
  const std::vector<double> f = t.tensor("f").values, y = t.tensor("y").values;
  double above = 0, below = 0, of_f = 0, of_y = 0;
  for (std::size_t n = 0; n < f.size(); ++n) {
    above += f[n] > y[n];
    below += f[n] < y[n];
    of_f += sign_of(f[n]);
    of_y += sign_of(y[n]);
  }
  const auto all = static_cast<double>(f.size()), right = above - below;
  const std::vector<double> counts{0,      right,         right + 1, right - 1, -right, above,
                                   -below, above + below, all,       of_f,      of_y};
  return std::set<double>(counts.begin(), counts.end()).size() == counts.size() && right != 0;
}

}  // namespace

std::vector<Check> lesson_10_regression(Draw& draw) {
  Trace squared = line(draw, OpKind::squared_error, 6);
  // Short numbers cancel now and then: a db of 0 is what nobody has computed.
  while (!has_both_signs(squared.tensor("f").values) || !has_both_signs(squared.tensor("df").values) ||
         std::abs(squared.tensor("db").values[0]) < 0.05)
    squared = line(draw, OpKind::squared_error, 6);
  Trace absolute = line(draw, OpKind::absolute_error, 21);
  while (!counts_tell_apart(absolute)) absolute = line(draw, OpKind::absolute_error, 21);
  std::vector<Check> checks = {prediction_check(squared), gradient_check("squared", squared),
                               one_point_check(draw, "squared"), gradient_check("absolute", absolute),
                               one_point_check(draw, "absolute")};
  for (Check& check : lesson_10::fit_checks(draw)) checks.push_back(std::move(check));
  return checks;
}

}  // namespace gradwalk::harness
