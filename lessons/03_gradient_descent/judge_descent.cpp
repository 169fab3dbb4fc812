// The descent, by the steps it takes when the gradients are given.
#include "judge_descent.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <set>

#include "gradwalk/tracer/language.hpp"

namespace gradwalk::harness::lesson_03 {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

std::size_t steps_made(const std::vector<Order>& path) {
  std::size_t made = 0;
  while (made + 1 < path.size() && path[made + 1][0] != infinity) ++made;
  return made;
}

/// What step k adds to w[i], which is `from` before it.
using Move = std::function<double(std::size_t k, std::size_t i, double from)>;

bool is_moved(const std::vector<Order>& path, std::size_t k, const Move& move) {
  for (std::size_t i = 0; i < D; ++i) {
    const double wanted = path[k][i] + move(k, i, path[k][i]);
    if (!(std::abs(path[k + 1][i] - wanted) <= 1e-5 * (std::abs(path[k][i]) + std::abs(wanted)))) return false;
  }
  return true;
}

bool every_step_moved(const Values& got, const Move& move) {
  const std::vector<Order> path = rows_of(got, D);
  for (std::size_t k = 0; k < steps_made(path); ++k)
    if (!is_moved(path, k, move)) return false;
  return steps_made(path) > 0;
}

/// w ← w − η·dw
Move right_move(const Descent& d) {
  return [=](std::size_t k, std::size_t i, double) { return -d.eta * d.gradients[k * D + i]; };
}

std::string wrong_steps(const Descent& d, const Values& got) {
  const std::vector<Order> path = rows_of(got, D);
  if (path[0] != d.w) return tr("the first gradient is not asked for at the w that the descent begins with");
  for (std::size_t k = 0; k < steps_made(path); ++k) {
    if (is_moved(path, k, right_move(d))) continue;
    if (path[k + 1] == path[k] && k + 1 < d.steps())
      return tr("the gradients of the steps {k} and {next} are asked for at the same w = {w}", fmt::arg("k", k),
                fmt::arg("next", k + 1), fmt::arg("w", in_words(path[k])));
    return tr("step {k} with the gradient {dw} leads from w = {from} to {to}", fmt::arg("k", k),
              fmt::arg("dw", in_words(Order(d.gradients.begin() + std::ptrdiff_t(k * D),
                                            d.gradients.begin() + std::ptrdiff_t((k + 1) * D)))),
              fmt::arg("from", in_words(path[k])), fmt::arg("to", in_words(path[k + 1])));
  }
  return steps_made(path) > 0 ? std::string() : tr("no step is made");
}

/// All gradients taken at the w where the first one is taken.
bool stale_always(const Descent& d, const Values& got) {
  const std::vector<Order> path = rows_of(got, D);
  if (steps_made(path) < d.steps()) return false;
  return all_the_same(first(path, d.steps())) && path[0] != path[d.steps()];
}

/// All gradients of an epoch taken at the w with which it begins.
bool stale_in_epoch(const Descent& d, const Values& got) {
  const std::vector<Order> path = rows_of(got, D);
  if (d.batches() < 2 || steps_made(path) < d.steps()) return false;
  for (std::size_t k = 0; k < d.steps(); ++k)
    if (path[k] != path[k - k % d.batches()]) return false;
  return path[0] != path[d.steps()];
}

/// The rows of every step, −1 where there is none.
Values lines_of(const Descent& d, const Values& orders) {
  Values rows;
  for (std::size_t k = 0, at = 0; k < d.steps() + 1; ++k)
    for (std::size_t n = 0; n < d.count; ++n) rows.push_back(k < d.steps() && n < d.rows_in(k) ? orders[at++] : -1);
  return rows;
}

std::vector<KnownWrong> wrong_paths(const Descent& d) {
  const auto moved = [](const char* mistake, const std::string& words, const Move& move) {
    return KnownWrong{mistake, "path", {}, words, [=](const Values& got) { return every_step_moved(got, move); }};
  };
  const Move right = right_move(d);
  const auto times = [=](double factor) {
    return [=](std::size_t k, std::size_t i, double from) { return factor * right(k, i, from); };
  };
  /// With the gradients since the step `since(k)`.
  const auto sum_from = [=](const std::function<std::size_t(std::size_t)>& since) {
    return [=](std::size_t k, std::size_t i, double from) {
      double sum = 0;
      for (std::size_t step = since(k); step <= k; ++step) sum += right(step, i, from);
      return sum;
    };
  };
  const std::string kept = tr("the gradients of the steps before are still in the sum: every step needs its own alone");
  return {
      moved("update-sign", tr("the step goes along the gradient, uphill: against it is down"), times(-1)),
      moved("update-without-rate", tr("the learning rate is left out of the step"), times(1 / d.eta)),
      moved("step-over-batch",
            tr("the step is divided by the number of rows of the mini-batch: the gradient is their mean already"),
            [=](std::size_t k, std::size_t i, double from) { return right(k, i, from) / double(d.rows_in(k)); }),
      moved("step-times-batch",
            tr("the step is multiplied by the number of rows of the mini-batch: their mean is wanted, not their sum"),
            [=](std::size_t k, std::size_t i, double from) { return right(k, i, from) * double(d.rows_in(k)); }),
      moved("step-twice", tr("every step is made twice over"), times(2)),
      moved("gradients-kept", kept, sum_from([](std::size_t) { return 0; })),
      moved("gradients-kept-in-epoch", kept, sum_from([=](std::size_t k) { return k - k % d.batches(); })),
      moved("w-replaced", tr("there is = where −= belongs: the old w is lost"),
            [=](std::size_t k, std::size_t i, double from) { return right(k, i, from) - from; }),
      moved("last-weight-left-out", tr("the last weight, which is the bias, never moves: the loop ends too early"),
            [=](std::size_t k, std::size_t i, double from) { return i + 1 < D ? right(k, i, from) : 0; }),
      moved("first-weight-left-out", tr("the first weight never moves: the loop starts at 1"),
            [=](std::size_t k, std::size_t i, double from) { return i > 0 ? right(k, i, from) : 0; }),
      {"stale-always",
       "path",
       {},
       tr("all gradients are taken at the w with which the descent begins: take each at the w of the moment"),
       [=](const Values& got) { return stale_always(d, got); }},
      {"stale-gradients",
       "path",
       {},
       tr("all gradients of an epoch are taken at the w with which it begins: take each at the w of the moment"),
       [=](const Values& got) { return !stale_always(d, got) && stale_in_epoch(d, got); }}};
}

Check descent_check(Draw& draw, const std::string& id, Descent d) {
  d.w = draw.numbers(D);
  d.gradients = draw.numbers(d.steps() * D);
  const std::size_t lines = d.steps() + 1;
  Check check;
  check.id = id;
  check.function = "descent";
  check.send = {{"w", {D}, d.w},
                {"gradients", {d.steps(), D}, d.gradients},
                scalar("count", double(d.count)),
                scalar("batch", double(d.batch)),
                scalar("epochs", double(d.epochs)),
                scalar("eta", d.eta),
                scalar("seed", some_seed(draw))};

  Values path = d.w, rows;
  for (std::size_t k = 0; k < d.steps(); ++k)
    for (std::size_t i = 0; i < D; ++i) path.push_back(path[k * D + i] - d.eta * d.gradients[k * D + i]);
  const Values orders = right_orders(draw, d.count, d.epochs), others = right_orders(draw, d.count, d.epochs);
  for (const Values& part : {lines_of(d, orders), orders, lines_of(d, orders), lines_of(d, others)})
    rows.insert(rows.end(), part.begin(), part.end());

  check.expect = {expected("path", "steps", {lines, D}, path),
                  expected("batches", "batches", {3 * lines + d.epochs, d.count}, rows)};
  check.expect[0].complaint = [=](const Values& got) { return wrong_steps(d, got); };
  check.expect[0].untouched.assign(lines * D, infinity);
  std::copy(d.w.begin(), d.w.end(), check.expect[0].untouched.begin());
  check.expect[1].complaint = [=](const Values& got) { return wrong_batches(d, got); };
  check.expect[1].untouched.assign(lines * d.count, -1);
  for (std::size_t epoch = 0; epoch < d.epochs; ++epoch)
    for (const double n : in_order(d.count)) check.expect[1].untouched.push_back(n);
  check.expect[1].untouched.resize(rows.size(), -1);

  check.known_wrong = wrong_batches_known(d);
  for (const KnownWrong& known : wrong_paths(d)) check.known_wrong.push_back(known);
  return check;
}

}  // namespace

std::vector<Check> descent_checks(Draw& draw) {
  const double eta = double(4 + draw.random().below(5)) / 32;  // another one in each: none can be written in
  return {descent_check(draw, "mini-batches", {10, 4, 3, eta}), descent_check(draw, "full-batch", {6, 6, 4, eta / 2})};
}

}  // namespace gradwalk::harness::lesson_03
