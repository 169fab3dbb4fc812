// What lesson 11 checks: the initial weights by their statistics; the penalty and its gradient; an early stop on losses
// that are given.
#include <algorithm>
#include <bit>
#include <cmath>

#include "gradwalk/harness/lesson.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"

namespace gradwalk::harness {
namespace {

using Values = std::vector<double>;

NamedTensor scalar(const char* name, double value) { return {name, {}, {value}}; }

// Initial weights. Of the 50 000 that are drawn the variance is known to √(2/50000) = 0.6 %, the mean to 0.45 % of the
// deviation: a tenth and a twentieth, the bounds below, are never reached by chance. Every mistake is off by more than
// a quarter.

constexpr std::size_t in = 100, out = 250;
constexpr double variance_off = 0.1, mean_off = 0.05;

struct Statistics {
  double mean = 0, variance = 0;
};

Statistics statistics(const Values& W) {
  Statistics s;
  for (const double w : W) s.mean += w / double(W.size());
  for (const double w : W) s.variance += (w - s.mean) * (w - s.mean) / double(W.size());
  return s;
}

bool near(double variance, double wanted) { return std::abs(variance / wanted - 1) < variance_off; }

bool all_equal(const Values& W) {
  return std::all_of(W.begin(), W.end(), [&](double w) { return w == W[0]; });
}

/// Every row of the first layer is its row 0.
bool rows_equal(const Values& W) {
  for (std::size_t k = in; k < out * in; ++k)
    if (W[k] != W[k % in]) return false;
  return true;
}

bool layers_equal(const Values& W) {
  return std::equal(W.begin(), W.begin() + std::ptrdiff_t(W.size() / 2), W.begin() + std::ptrdiff_t(W.size() / 2));
}

std::string wrong_weights(const Values& W, double wanted) {
  if (all_equal(W)) return tr("all weights are {w}", fmt::arg("w", format_number(W[0])));
  if (rows_equal(W)) return tr("all rows of W are the same");
  if (layers_equal(W)) return tr("two layers from one generator get the same weights");
  const Statistics s = statistics(W);
  if (!near(s.variance, wanted))
    return tr("of a layer with {in} inputs and {out} outputs the weights have the variance {got}, expected {wanted}",
              fmt::arg("in", in), fmt::arg("out", out), fmt::arg("got", format_number(s.variance, 3)),
              fmt::arg("wanted", format_number(wanted, 3)));
  if (!(std::abs(s.mean) < mean_off * std::sqrt(wanted)))
    return tr("the weights have the mean {got}, expected 0", fmt::arg("got", format_number(s.mean, 3)));
  return {};
}

KnownWrong of_variance(const char* id, double variance, const std::string& words) {
  return {id, "W", {}, words, [=](const Values& W) {
            return !all_equal(W) && !rows_equal(W) && !layers_equal(W) && near(statistics(W).variance, variance);
          }};
}

Check weights_check(Draw& draw, const std::string& which, double wanted) {
  Check check;
  check.id = check.function = which;
  check.send = {scalar("in", in), scalar("out", out), scalar("seed", double(draw.random().below(1'000'000)))};
  Values right(2 * out * in);  // one of the right answers: signs that never repeat (Thue, Morse)
  for (std::size_t k = 0; k < right.size(); ++k) right[k] = (std::popcount(k) % 2 ? -1 : 1) * std::sqrt(wanted);
  check.expect = {expected("W", which, {2 * out, in}, right), expected("b", which, {2 * out}, Values(2 * out, 0))};
  check.expect[0].complaint = [=](const Values& W) { return wrong_weights(W, wanted); };
  check.expect[0].untouched.assign(2 * out * in, 1);
  check.expect[1].untouched.assign(2 * out, 1);
  check.known_wrong = {
      {"init-zeros",
       "W",
       {},
       tr("with all weights 0 no gradient passes, and all units of a layer stay alike"),
       [](const Values& W) { return all_equal(W) && W[0] == 0; }},
      {"init-rows-alike",
       "W",
       {},
       tr("units that begin alike get the same gradients, and stay alike for ever"),
       [](const Values& W) { return !all_equal(W) && rows_equal(W); }},
      {"init-same-every-time",
       "W",
       {},
       tr("the chance begins anew in each call: use the generator that is handed over"),
       [](const Values& W) { return !rows_equal(W) && layers_equal(W); }},
      of_variance("variance-for-deviation", wanted * wanted,
                  tr("the variance is taken for the deviation: its root is wanted")),
      of_variance("uniform-too-narrow", wanted / 3,
                  tr("uniform in −s … s has the variance s²/3: the bounds are √3 times the deviation"))};
  if (which == "xavier") {
    check.known_wrong.push_back(of_variance("xavier-inputs-only", 1.0 / in, tr("that is 1/in: the outputs count too")));
    check.known_wrong.push_back(
        of_variance("bound-for-deviation", 6.0 / (in + out),
                    tr("that is three times the variance: the bound of a uniform distribution")));
    check.known_wrong.push_back(of_variance("he-for-xavier", 2.0 / in, tr("that is the variance of He, 2/in")));
  } else {
    check.known_wrong.push_back(of_variance(
        "bound-for-deviation", 6.0 / in, tr("that is three times the variance: the bound of a uniform distribution")));
    check.known_wrong.push_back(of_variance("he-with-outputs", 2.0 / out, tr("that is 2/out: W is (out, in)")));
    check.known_wrong.push_back(
        of_variance("he-without-two", 1.0 / in, tr("that is 1/in: ReLU lets only half through")));
    check.known_wrong.push_back(
        of_variance("xavier-for-he", 2.0 / (in + out), tr("that is the variance of Xavier, 2/(in + out)")));
  }
  return check;
}

// The penalty.

struct Penalty {
  double half = 0.5, factor = 1, old = 1;  // what stands before Σ W², before λ·W, before the dW that was there
  bool biases = false, first_layer_only = false;
};

Check l2_check(Draw& draw) {
  constexpr double lambda = 0.25;
  const std::vector<NamedTensor> p = {{"W1", {4, 3}, draw.numbers(12)},
                                      {"b1", {4}, draw.numbers(4)},
                                      {"W2", {2, 4}, draw.numbers(8)},
                                      {"b2", {2}, draw.numbers(2)}};
  Check check;
  check.id = check.function = "l2";
  check.send = p;
  std::vector<Values> before;
  for (const NamedTensor& tensor : p) {
    before.push_back(draw.numbers(tensor.values.size()));
    check.send.push_back({"d" + tensor.name, tensor.shape, before.back()});
  }
  check.send.push_back(scalar("lambda", lambda));
  const auto counts = [](std::size_t t, const Penalty& how) {
    return (t % 2 == 0 || how.biases) && (t < 2 || !how.first_layer_only);
  };
  const auto penalty = [&](const Penalty& how) {
    double sum = 0;
    for (std::size_t t = 0; t < p.size(); ++t)
      for (const double w : p[t].values) sum += counts(t, how) ? w * w : 0;
    return how.half * lambda * sum;
  };
  const auto gradient = [&](std::size_t t, const Penalty& how) {
    Values d = before[t];
    if (counts(t, how))
      for (std::size_t i = 0; i < d.size(); ++i) d[i] = how.old * d[i] + how.factor * lambda * p[t].values[i];
    return d;
  };
  check.expect = {expected("penalty", "penalty", {}, {penalty({})})};
  for (std::size_t t = 0; t < p.size(); ++t) {
    check.expect.push_back(expected("d" + p[t].name, "gradient", p[t].shape, gradient(t, {})));
    check.expect.back().gradient = true;
    check.expect.back().untouched = before[t];
  }
  const auto known = [&](const char* id, const Penalty& how, const std::string& words) {
    if (penalty(how) != penalty({})) check.known_wrong.push_back({id, "penalty", {penalty(how)}, words});
    for (std::size_t t = 0; t < p.size(); ++t)
      if (gradient(t, how) != gradient(t, {}))
        check.known_wrong.push_back({id, "d" + p[t].name, gradient(t, how), words});
  };
  known("l2-without-half", {.half = 1}, tr("without the ½"));
  known("l2-with-biases", {.biases = true}, tr("with the biases made to pay too"));
  known("l2-first-layer-only", {.first_layer_only = true}, tr("of the first layer only"));
  known("l2-gradient-twice", {.factor = 2}, tr("with 2·λ·W: the ½ takes the 2 of the square away"));
  known("l2-sign", {.factor = -1}, tr("with λ·W taken away: this makes the weights grow"));
  known("l2-overwrites", {.old = 0}, tr("with the gradient of the loss thrown away: λ·W is added to it"));
  return check;
}

// The early stop.

/// Some epochs in which all goes well, so that the answer is not the same for everybody; behind them the losses that it
/// is about, and after which of these it stops, with the net of which.
struct Course {
  double patience;
  Values losses;
  double last, kept;
};

struct StopCheck {
  Check check;
  double well;
};

StopCheck stop_check(Draw& draw, const std::string& id, const Course& course) {
  const auto well = double(draw.random().below(6));
  Values losses;
  for (double epoch = 0; epoch < well; ++epoch) losses.push_back(1 + 0.1 * (well - epoch));
  losses.insert(losses.end(), course.losses.begin(), course.losses.end());
  const double scale = draw.random().uniform(0.5, 2);
  for (double& loss : losses) loss *= scale;
  const double last = course.last + well, kept = course.kept + well;
  Check check;
  check.id = id;
  check.function = "stop";
  check.send = {{"losses", {losses.size()}, losses}, scalar("patience", course.patience)};
  check.expect = {expected("last epoch", "stop", {}, {last}), expected("epoch kept", "best", {}, {kept})};
  check.expect[0].complaint = [=](const Values& got) {
    return got.at(0) == last ? ""
                             : tr("it stops after epoch {got}, expected after epoch {right}", fmt::arg("got", got[0]),
                                  fmt::arg("right", last));
  };
  check.expect[1].complaint = [=](const Values& got) {
    return got.at(0) == kept ? ""
                             : tr("the net of epoch {got} is kept, expected that of epoch {right}",
                                  fmt::arg("got", got[0]), fmt::arg("right", kept));
  };
  return {check, well};
}

/// Least in epoch 4, counted from 1; three epochs later it is time. What is wrong stops in another epoch.
Check stop_after_ups_and_downs(Draw& draw) {
  auto [check, well] =
      stop_check(draw, "stop", {3, {1.0, 0.8, 0.85, 0.7, 0.75, 0.74, 0.73, 0.9, 0.95, 1.0, 1.05}, 7, 4});
  const std::string against_last = tr("each loss is compared with the one before, not with the least");
  check.known_wrong = {
      {"stop-at-first-rise", "last epoch", {3 + well}, tr("without patience: one bad epoch may be chance")},
      {"stop-counts-all", "last epoch", {6 + well}, tr("the waiting does not begin anew after a new least loss")},
      {"stop-one-late", "last epoch", {8 + well}, tr("it waits one epoch more than `patience` says")},
      {"stop-against-last", "last epoch", {10 + well}, against_last},
      {"stop-against-last", "epoch kept", {7 + well}, against_last},
      {"stop-keeps-last", "epoch kept", {11 + well}, tr("that is the last one, not the one of least loss")},
      {"stop-keeps-first", "epoch kept", {1}, tr("that is the first one: keep every net that is better")}};
  return check;
}

/// Another patience, and losses that only reach the least one again.
Check stop_at_equal_losses(Draw& draw) {
  auto [check, well] = stop_check(draw, "stop-equal", {2, {1.0, 0.8, 0.8, 0.8, 0.9, 0.95, 1.0, 1.05}, 4, 2});
  const std::string equal = tr("an equal loss counts as a better one: only a loss below the least is one");
  check.known_wrong = {
      {"stop-at-first-rise", "last epoch", {3 + well}, tr("without patience: one bad epoch may be chance")},
      {"stop-one-late", "last epoch", {5 + well}, tr("it waits one epoch more than `patience` says")},
      {"stop-patience-written-in", "last epoch", {5 + well}, tr("it waits 3 epochs, whatever `patience` says")},
      {"stop-equal-is-better", "last epoch", {6 + well}, equal},
      {"stop-equal-is-better", "epoch kept", {4 + well}, equal},
      {"stop-keeps-last", "epoch kept", {8 + well}, tr("that is the last one, not the one of least loss")},
      {"stop-keeps-first", "epoch kept", {1}, tr("that is the first one: keep every net that is better")}};
  return check;
}

}  // namespace

std::vector<Check> lesson_11_overfitting(Draw& draw) {
  return {weights_check(draw, "xavier", 2.0 / (in + out)), weights_check(draw, "he", 2.0 / in), l2_check(draw),
          stop_after_ups_and_downs(draw), stop_at_equal_losses(draw)};
}

}  // namespace gradwalk::harness
