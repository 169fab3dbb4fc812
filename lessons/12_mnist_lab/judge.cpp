// What lesson 12 checks: each function of the lab by itself, then all of them with the student's framework on sixteen
// pixels in three classes. MNIST itself is for the student's own machine: try.cpp.
#include <algorithm>
#include <cmath>

#include "gradwalk/harness/lesson.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"

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
  check.send = {{"pixels", {3, 5}, raw}};
  check.expect = {expected("scaled", "scaled", {3, 5}, scaled_by(raw, 255))};
  check.known_wrong = {{"scaled-by-256", "scaled", scaled_by(raw, 256), tr("divided by 256: a white pixel is 255")},
                       {"scaled-not", "scaled", raw, tr("not scaled at all")}};
  return check;
}

Values chosen(const Values& logits, std::size_t classes, bool smallest) {
  Values labels;
  for (auto row = logits.begin(); row != logits.end(); row += std::ptrdiff_t(classes)) {
    const auto end = row + std::ptrdiff_t(classes);
    labels.push_back(double((smallest ? std::min_element(row, end) : std::max_element(row, end)) - row));
  }
  return labels;
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

Check look_check(Draw& draw) {
  constexpr std::size_t rows = 8, in = 3, hidden = 5, out = 4;
  Trace t;
  t.input("x", {rows, in}, draw.numbers(rows * in));
  Values W1 = draw.numbers(hidden * in);
  W1[4] = -3;  // the largest by magnitude is negative, and larger than any of the next layer
  t.parameter("W1", {hidden, in}, W1);
  t.parameter("b1", {hidden}, draw.numbers(hidden));
  t.op(OpKind::linear, {"x", "W1", "b1"}, "z1");
  t.op(OpKind::tanh, {"z1"}, "a1");
  const Values W2 = draw.numbers(out * hidden);
  t.parameter("W2", {out, hidden}, W2);
  t.parameter("b2", {out}, draw.numbers(out, 0.125));
  t.op(OpKind::linear, {"a1", "W2", "b2"}, "z2");
  const Values z = t.tensor("z2").values;
  Check check;
  check.id = check.function = "look";
  for (const char* name : {"x", "W1", "b1", "W2", "b2"}) check.send.push_back(t.tensor(name));
  check.expect = {expected("predicted", "predict", {rows}, chosen(z, out, false)),
                  expected("largest", "weights", {2}, largest({W1, W2}, true, false))};
  check.known_wrong = {
      {"predict-smallest-logit", "predicted", chosen(z, out, true), tr("of the smallest logit, not the largest")},
      {"largest-without-absolute", "largest", largest({W1, W2}, false, false), tr("without the absolute value")},
      {"largest-so-far", "largest", largest({W1, W2}, true, true), tr("of all layers up to this one")}};
  return check;
}

Check confusion_check(Draw& draw) {
  constexpr std::size_t rows = 30, classes = 4;
  const Values y = draw.labels(rows, classes);
  Values predicted = draw.labels(rows, classes);
  for (std::size_t n = 0; n < rows; n += 3) predicted[n] = y[n];
  Values right(classes * classes), transposed(classes * classes), hits(classes * classes);
  for (std::size_t n = 0; n < rows; ++n) {
    const auto i = std::size_t(y[n]), j = std::size_t(predicted[n]);
    ++right[i * classes + j];
    ++transposed[j * classes + i];
    hits[i * classes + j] += i == j;
  }
  Check check;
  check.id = check.function = "confuse";
  check.send = {{"y", {rows}, y}, {"predicted", {rows}, predicted}, {"classes", {}, {double(classes)}}};
  check.expect = {expected("C", "confusion", {classes, classes}, right)};
  check.known_wrong = {{"confusion-transposed", "C", transposed, tr("transposed: a row is the true class")},
                       {"confusion-hits-only", "C", hits, tr("with the wrong guesses left out")}};
  return check;
}

Check make_check() {
  Check check;
  check.id = check.function = "make";
  check.send = {{"widths", {4}, {100, 64, 32, 10}}};
  check.expect = {expected("layers", "net", {}, {5}), expected("shape", "net", {2}, {64, 100}),
                  expected("deviation", "net", {}, {1}), expected("bias", "net", {}, {1})};
  // 6400 draws: the deviation is known to one part in a hundred.
  check.expect[2].complaint = [](const Values& got) {
    if (got[0] > 0.95 && got[0] < 1.05) return std::string();
    return tr("the deviation of the weights is {got}/√in, 1/√in is asked for",
              fmt::arg("got", format_number(got[0], 3)));
  };
  return check;
}

Check learn_check(Draw& draw) {
  constexpr std::size_t rows = 60, in = 16;
  Values x = pixels(draw, rows * in), y;
  for (std::size_t n = 0; n < rows; ++n) {
    y.push_back(double(n % 3));
    for (std::size_t i = 0; i < in; ++i) {
      double& pixel = x[n * in + i];
      pixel = std::floor(i / 5 == n % 3 ? 155 + pixel * 100 / 255 : pixel * 100 / 255);  // five bright pixels a class
    }
  }
  Check check;
  check.id = check.function = "learn";
  check.send = {{"pixels", {rows, in}, x}, {"y", {rows}, y}};
  check.expect = {expected("accuracy", "learns", {}, {1})};
  check.expect[0].complaint = [](const Values& got) {
    if (got[0] >= 0.95 && got[0] <= 1 + 1e-9) return std::string();  // summed up from 1/N, it may round above 1
    return tr("after 40 epochs the accuracy is {got}, 0.95 is needed", fmt::arg("got", format_number(got[0], 3)));
  };
  check.limits.wall = std::chrono::seconds(10);
  return check;
}

}  // namespace

std::vector<Check> lesson_12_mnist_lab(Draw& draw) {
  return {scale_check(draw), look_check(draw), confusion_check(draw), make_check(), learn_check(draw)};
}

}  // namespace gradwalk::harness
