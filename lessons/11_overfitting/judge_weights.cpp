#include <algorithm>
#include <cmath>
#include <set>

#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"
#include "judge_parts.hpp"

namespace gradwalk::harness::lesson_11 {
namespace {

// Initial weights. Of the 50 000 that are drawn the variance is known to √(2/50000) = 0.6 %, the mean to 0.45 % of the
// deviation: a tenth and a twentieth, the bounds below, are never reached by chance. Every mistake is off by more than
// a quarter.

constexpr std::size_t in = 100, out = 250;
constexpr std::size_t layer = out * in;
// Two layers from one generator, the same from another in the same state, and from one in another state.
constexpr std::size_t layers = 6;
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
  for (std::size_t k = in; k < layer; ++k)
    if (W[k] != W[k % in]) return false;
  return true;
}

/// In every row of the first layer all weights are the same.
bool constant_in_rows(const Values& W) {
  for (std::size_t k = 0; k < layer; ++k)
    if (W[k] != W[k - k % in]) return false;
  return true;
}

bool equal(const Values& W, std::size_t first, std::size_t other, std::size_t many) {
  const auto begin = [&](std::size_t k) { return W.begin() + std::ptrdiff_t(k * layer); };
  return std::equal(begin(first), begin(first + many), begin(other));
}

bool layers_equal(const Values& W) { return equal(W, 0, 1, 1); }

/// Whether two rows of the first layer are the same but for a sign, or two columns: by chance that never happens, however
/// few different numbers are drawn.
bool has_copies(const Values& W, bool columns) {
  const std::size_t lines = columns ? in : out, length = layer / lines;
  std::set<Values> different;
  for (std::size_t line = 0; line < lines; ++line) {
    Values one;
    for (std::size_t k = 0; k < length; ++k) one.push_back(std::abs(W[columns ? k * in + line : line * in + k]));
    different.insert(std::move(one));
  }
  return different.size() < lines;
}

bool has_copies(const Values& W) { return has_copies(W, false) || has_copies(W, true); }

/// `random` does not decide what comes out.
bool has_own_chance(const Values& W) { return !equal(W, 0, 2, 2) || equal(W, 0, 4, 2); }

std::string wrong_weights(const Values& W, double wanted) {
  if (all_equal(W)) return tr("all weights are {w}", fmt::arg("w", format_number(W[0])));
  if (rows_equal(W)) return tr("all rows of W are the same");
  if (layers_equal(W)) return tr("two layers from one generator get the same weights");
  if (constant_in_rows(W)) return tr("in every row of W all weights are the same");
  if (has_copies(W, false)) return tr("two rows of W are the same, but for a sign perhaps");
  if (has_copies(W, true)) return tr("two columns of W are the same, but for a sign perhaps");
  if (!equal(W, 0, 2, 2)) return tr("a generator with the same seed gives other weights the second time");
  if (equal(W, 0, 4, 2)) return tr("generators with different seeds give the same weights");
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
            return !has_copies(W) && !layers_equal(W) && !has_own_chance(W) && near(statistics(W).variance, variance);
          }};
}

Check weights_check(Draw& draw, const std::string& which, double wanted) {
  Check check;
  check.id = check.function = which;
  check.send = {scalar("in", in), scalar("out", out), scalar("seed", double(draw.random().below(1'000'000)))};
  // One of the right answers.
  const double most = std::sqrt(3 * wanted);
  Values right;
  while (right.size() < 2 * layer) right.push_back(draw.random().uniform(-most, most));
  right.insert(right.end(), right.begin(), right.end());
  while (right.size() < layers * layer) right.push_back(draw.random().uniform(-most, most));
  check.expect = {expected("W", which, {layers * out, in}, right),
                  expected("b", which, {layers * out}, Values(layers * out, 0))};
  check.expect[0].complaint = [=](const Values& W) { return wrong_weights(W, wanted); };
  check.expect[0].untouched.assign(layers * layer, 1);
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
      {"init-one-number-per-unit",
       "W",
       {},
       tr("one number is drawn for each unit, and every weight of it is that: draw each weight by itself"),
       [](const Values& W) { return !all_equal(W) && constant_in_rows(W); }},
      {"init-copies",
       "W",
       {},
       tr("weights are copies of others: units that begin alike get the same gradients, and stay alike for ever"),
       [](const Values& W) { return has_copies(W) && !rows_equal(W) && !constant_in_rows(W); }},
      {"own-randomness",
       "W",
       {},
       tr("there is chance that does not come from `random`: what cannot be repeated cannot be mended"),
       [](const Values& W) { return !has_copies(W) && !layers_equal(W) && has_own_chance(W); }},
      {"init-b-not-zeroed", "b", Values(layers * out, 1), tr("with what stood in it before: b is to be set to 0")},
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

}  // namespace

std::vector<Check> weights_checks(Draw& draw) {
  return {weights_check(draw, "xavier", 2.0 / (in + out)), weights_check(draw, "he", 2.0 / in)};
}

}  // namespace gradwalk::harness::lesson_11
