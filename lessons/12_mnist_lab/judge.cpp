// What lesson 12 checks: each function of the lab by itself, then all of them with the student's framework on sixteen
// pixels in three classes. MNIST itself is for the student's own machine: try.cpp.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include "gradwalk/harness/class_search.hpp"
#include "gradwalk/harness/lesson.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"
#include "judge_make.hpp"

namespace gradwalk::harness {
namespace {

using Values = std::vector<double>;

Values pixels(Draw& draw, std::size_t count) {
  Values values;
  for (std::size_t i = 0; i < count; ++i) values.push_back(double(1 + draw.random().below(255)));
  return values;
}

Values scaled_by(Values values, double divisor) {
  for (double& value : values) value /= divisor;
  return values;
}

Check scale_check(Draw& draw) {
  const Values raw = pixels(draw, 15);
  Check check;
  check.id = check.function = "scale";
  Values around_zero = scaled_by(raw, 127.5);
  for (double& value : around_zero) value -= 1;
  check.send = {{"pixels", {3, 5}, raw}};
  check.expect = {expected("scaled", "scaled", {3, 5}, scaled_by(raw, 255))};
  check.known_wrong = {{"scaled-by-256", "scaled", scaled_by(raw, 256), tr("divided by 256: a white pixel is 255")},
                       {"scaled-not", "scaled", raw, tr("not scaled at all")},
                       {"scaled-around-zero", "scaled", around_zero, tr("from −1 to 1, where 0 to 1 is asked for")}};
  return check;
}

Values largest(const std::vector<Values>& weights, bool absolute, bool so_far) {
  Values result;
  for (const Values& W : weights) {
    double most = so_far && !result.empty() ? result.back() : 0;
    for (const double w : W) most = std::max(most, absolute ? std::abs(w) : w);
    result.push_back(most);
  }
  return result;
}

/// The last class is never looked at.
Values chosen_but_last(const Values& logits, std::size_t classes) {
  return search_classes(logits, classes, [=](const double* row, std::size_t k, std::size_t best) {
    return k + 1 < classes && is_larger(row, k, best);
  });
}

Values whole_numbers(Values values) {
  for (double& value : values) value = std::trunc(value);
  return values;
}

Trace two_layers(std::size_t rows, std::size_t in, Values x, Values W1, Values b1, Values W2, Values b2) {
  const std::size_t hidden = b1.size(), out = b2.size();
  Trace t;
  t.input("x", {rows, in}, std::move(x));
  t.parameter("W1", {hidden, in}, std::move(W1));
  t.parameter("b1", {hidden}, std::move(b1));
  t.op(OpKind::linear, {"x", "W1", "b1"}, "z1");
  t.op(OpKind::tanh, {"z1"}, "a1");
  t.parameter("W2", {out, hidden}, std::move(W2));
  t.parameter("b2", {out}, std::move(b2));
  t.op(OpKind::linear, {"a1", "W2", "b2"}, "z2");
  return t;
}

constexpr std::size_t classes_seen = 4;

Trace draw_net(Draw& draw) {
  constexpr std::size_t rows = 8, in = 3, hidden = 5, out = classes_seen;
  Values W1 = draw.numbers(hidden * in), b2 = draw.numbers(out, 0.125);
  W1[4] = -3;  // the largest by magnitude is negative, and larger than any of the next layer
  for (double& b : b2) b -= 1.5;
  return two_layers(rows, in, draw.numbers(rows * in), W1, draw.numbers(hidden), draw.numbers(out * hidden), b2);
}

/// In one row all logits are negative, and the largest of them is not that of class 0. In one the last class has the
/// largest, and a search that ends before it is not taken for one that begins at 0.
bool can_tell_apart(const Values& z) {
  const Values right = search_classes(z, classes_seen, is_larger),
               above_zero = search_classes(z, classes_seen, is_larger_and_positive),
               but_last = chosen_but_last(z, classes_seen);
  return above_zero != right && but_last != right && above_zero != but_last;
}

/// Ten classes, as there are digits, each of which has the largest logit in one row: x is 1 at one place, which moves
/// one hidden unit to nearly 1 and with it one class far above what the others can make of the rest.
Trace net_of_ten_classes(Draw& draw) {
  constexpr std::size_t n = 10;
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), 0);
  draw.random().shuffle(std::span(order));
  Values x(n * n), W1(n * n), W2 = draw.numbers(n * n);
  for (std::size_t row = 0; row < n; ++row) {
    x[row * n + order[row]] = 1;
    W1[row * n + row] = -3;
    W2[row * n + row] -= 8;
  }
  return two_layers(n, n, x, W1, draw.numbers(n, 1.0 / 32), W2, draw.numbers(n));
}

Check look_check(const char* id, const Trace& t) {
  const std::size_t rows = t.tensor("z2").shape[0], out = t.tensor("z2").shape[1];
  const Values z = t.tensor("z2").values, W1 = t.tensor("W1").values, W2 = t.tensor("W2").values;
  Check check;
  check.id = id;
  check.function = "look";
  for (const char* name : {"x", "W1", "b1", "W2", "b2"}) check.send.push_back(t.tensor(name));
  check.expect = {expected("predicted", "predict", {rows}, search_classes(z, out, is_larger)),
                  expected("largest", "weights", {2}, largest({W1, W2}, true, false))};
  check.known_wrong = {
      {"predict-smallest-logit", "predicted", search_classes(z, out, is_smaller),
       tr("of the smallest logit, not the largest")},
      {"predict-above-zero", "predicted", search_classes(z, out, is_larger_and_positive),
       tr("with the search begun at 0: where all logits are negative, class 0 comes out")},
      {"predict-last-class-left-out", "predicted", chosen_but_last(z, out),
       tr("with the last class left out of the search")},
      {"predict-not-begun-anew", "predicted", search_classes_so_far(z, out, false),
       tr("with the largest logit of the rows before still in the search")},
      {"predict-not-begun-anew", "predicted", search_classes_so_far(z, out, true),
       tr("with the largest logit of the rows before still in the search")},
      {"largest-of-whole-numbers", "largest", whole_numbers(largest({W1, W2}, true, false)),
       tr("cut to a whole number: it was kept in an int")},
      {"largest-without-absolute", "largest", largest({W1, W2}, false, false), tr("without the absolute value")},
      {"largest-so-far", "largest", largest({W1, W2}, true, true), tr("of all layers up to this one")}};
  return check;
}

Check confusion_check(Draw& draw) {
  constexpr std::size_t guesses = 30, classes = 4;
  const Values y = draw.labels(guesses, classes);
  Values predicted = draw.labels(guesses, classes);
  for (std::size_t n = 0; n < guesses; n += 3) predicted[n] = y[n];
  Values right(classes * classes), transposed(classes * classes), hits(classes * classes), misses(classes * classes);
  for (std::size_t n = 0; n < guesses; ++n) {
    const auto i = std::size_t(y[n]), j = std::size_t(predicted[n]);
    ++right[i * classes + j];
    ++transposed[j * classes + i];
    hits[i * classes + j] += i == j;
    misses[i * classes + j] += i != j;
  }
  const auto share_of = [&](bool of_row) {
    Values shares = right;
    for (std::size_t i = 0; i < classes; ++i)
      for (std::size_t j = 0; j < classes; ++j) {
        double sum = 0;
        for (std::size_t k = 0; k < classes; ++k) sum += right[of_row ? i * classes + k : k * classes + j];
        if (sum > 0) shares[i * classes + j] /= sum;
      }
    return shares;
  };
  Check check;
  check.id = check.function = "confuse";
  check.send = {{"y", {guesses}, y}, {"predicted", {guesses}, predicted}, {"classes", {}, {double(classes)}}};
  check.expect = {expected("C", "confusion", {classes, classes}, right)};
  check.known_wrong = {
      {"confusion-transposed", "C", transposed, tr("transposed: a row is the true class")},
      {"confusion-without-hits", "C", misses, tr("with the right guesses left out")},
      {"confusion-hits-only", "C", hits, tr("with the wrong guesses left out")},
      {"confusion-shares-of-rows", "C", share_of(true), tr("with the shares of each row, not counts")},
      {"confusion-shares-of-columns", "C", share_of(false), tr("with the shares of each column, not counts")},
      {"confusion-shares", "C", scaled_by(right, guesses), tr("with the shares of all guesses, not counts")}};
  return check;
}

/// Pictures of three classes in turn, which have five bright pixels each.
Values pictures(Draw& draw, std::size_t rows, std::size_t in) {
  Values x = pixels(draw, rows * in);
  for (std::size_t n = 0; n < rows; ++n)
    for (std::size_t i = 0; i < in; ++i) {
      double& pixel = x[n * in + i];
      pixel = std::floor(i / 5 == n % 3 ? 155 + pixel * 100 / 255 : pixel * 100 / 255);
    }
  return x;
}

Check learn_check(Draw& draw) {
  constexpr std::size_t rows = 60, unseen = 45, in = 16, classes = 3;
  Values y;
  for (std::size_t n = 0; n < rows; ++n) y.push_back(double(n % classes));
  // What the net has not seen lies in another order, so that the order says nothing.
  const Values in_order = pictures(draw, unseen, in);
  std::vector<std::size_t> order(unseen);
  std::iota(order.begin(), order.end(), 0);
  draw.random().shuffle(std::span(order));
  Values x;
  for (const std::size_t n : order)
    x.insert(x.end(), in_order.begin() + std::ptrdiff_t(n * in), in_order.begin() + std::ptrdiff_t((n + 1) * in));
  Check check;
  check.id = check.function = "learn";
  check.send = {{"pixels", {rows, in}, pictures(draw, rows, in)}, {"y", {rows}, y}, {"unseen", {unseen, in}, x}};
  check.expect = {expected("logits", "learns", {unseen, classes}, Values(unseen * classes))};
  check.expect[0].complaint = [order](const Values& logits) {
    const Values guesses = search_classes(logits, classes, is_larger);
    double right = 0;
    for (std::size_t n = 0; n < unseen; ++n) right += guesses[n] == double(order[n] % classes);
    const double accuracy = right / unseen;
    if (accuracy >= 0.95 && std::all_of(logits.begin(), logits.end(), [](double z) { return std::isfinite(z); }))
      return std::string();
    return tr("after 40 epochs the accuracy is {got}, 0.95 is needed", fmt::arg("got", format_number(accuracy, 3)));
  };
  check.limits.wall = std::chrono::seconds(10);
  return check;
}

}  // namespace

std::vector<Check> lesson_12_mnist_lab(Draw& draw) {
  Trace four = draw_net(draw);
  while (!can_tell_apart(four.tensor("z2").values)) four = draw_net(draw);
  return {scale_check(draw),     look_check("look", four), look_check("look-ten-classes", net_of_ten_classes(draw)),
          confusion_check(draw), lesson_12::make_check(),  lesson_12::made_forward_check(draw),
          learn_check(draw)};
}

}  // namespace gradwalk::harness
