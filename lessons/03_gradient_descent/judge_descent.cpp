// The descent, by the steps it takes when the gradients are given.
#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "gradwalk/tracer/language.hpp"
#include "judge_orders.hpp"

namespace gradwalk::harness::lesson_03 {
namespace {

struct Descent {
  std::size_t count, batch, epochs;
  double eta = 0.25;
  Values w = {}, gradients = {};

  std::size_t batches() const { return (count + batch - 1) / batch; }
  std::size_t steps() const { return batches() * epochs; }
  std::size_t rows_in(std::size_t step) const {
    return step % batches() + 1 < batches() ? batch : count - (batches() - 1) * batch;
  }
};

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Whether line k + 1 of the path is line k moved by factor·gradient k.
bool moved_by(const Descent& d, const std::vector<Order>& path, std::size_t k, double factor) {
  for (std::size_t i = 0; i < D; ++i) {
    const double wanted = path[k][i] + factor * d.gradients[k * D + i];
    if (!(std::abs(path[k + 1][i] - wanted) <= 1e-5 * (std::abs(path[k][i]) + std::abs(wanted)))) return false;
  }
  return true;
}

std::size_t steps_made(const std::vector<Order>& path) {
  std::size_t made = 0;
  while (made + 1 < path.size() && path[made + 1][0] != infinity) ++made;
  return made;
}

template <class Factor>
bool every_step_moved_by(const Descent& d, const Values& got, Factor factor_of_step) {
  const std::vector<Order> path = rows_of(got, D);
  for (std::size_t k = 0; k < steps_made(path); ++k)
    if (!moved_by(d, path, k, factor_of_step(k))) return false;
  return steps_made(path) > 0;
}

bool all_moved_by(const Descent& d, const Values& got, double factor) {
  return every_step_moved_by(d, got, [factor](std::size_t) { return factor; });
}

std::string wrong_steps(const Descent& d, const Values& got) {
  const std::vector<Order> path = rows_of(got, D);
  if (path[0] != d.w) return tr("the first gradient is not asked for at the w that the descent begins with");
  for (std::size_t k = 0; k < steps_made(path); ++k)
    if (!moved_by(d, path, k, -d.eta))
      return tr("step {k} with the gradient {dw} leads from w = {from} to {to}", fmt::arg("k", k),
                fmt::arg("dw", in_words(Order(d.gradients.begin() + std::ptrdiff_t(k * D),
                                              d.gradients.begin() + std::ptrdiff_t((k + 1) * D)))),
                fmt::arg("from", in_words(path[k])), fmt::arg("to", in_words(path[k + 1])));
  return steps_made(path) > 0 ? std::string() : tr("no step is made");
}

/// All gradients of an epoch taken at the w with which it begins.
bool stale_in_epoch(const Descent& d, const Values& got) {
  const std::vector<Order> path = rows_of(got, D);
  if (d.batches() < 2 || steps_made(path) < d.steps()) return false;
  for (std::size_t k = 0; k < d.steps(); ++k)
    if (path[k] != path[k - k % d.batches()]) return false;
  return path[0] != path[d.steps()];
}

/// The rows of each step, without the −1 that fill up.
std::vector<Order> batches_of(const Descent& d, const Values& got) {
  std::vector<Order> batches = first(rows_of(got, d.count), d.steps() + 1);
  for (Order& batch : batches) std::erase(batch, -1);
  while (!batches.empty() && batches.back().empty()) batches.pop_back();
  return batches;
}

std::vector<Order> epochs_of(const Descent& d, const std::vector<Order>& batches) {
  std::vector<Order> epochs(d.epochs);
  for (std::size_t k = 0; k < batches.size() && k < d.steps(); ++k) {
    Order& epoch = epochs[k / d.batches()];
    epoch.insert(epoch.end(), batches[k].begin(), batches[k].end());
  }
  return epochs;
}

std::string wrong_batches(const Descent& d, const Values& got) {
  const std::vector<Order> batches = batches_of(d, got);
  if (batches.size() != d.steps())
    return tr("{got} steps are made, expected {wanted}: {epochs} epochs of {batches} mini-batches",
              fmt::arg("got", batches.size()), fmt::arg("wanted", d.steps()), fmt::arg("epochs", d.epochs),
              fmt::arg("batches", d.batches()));
  for (std::size_t k = 0; k < d.steps(); ++k)
    if (batches[k].size() != d.rows_in(k))
      return tr("step {k} takes {got} rows, expected {wanted}", fmt::arg("k", k), fmt::arg("got", batches[k].size()),
                fmt::arg("wanted", d.rows_in(k)));
  const std::vector<Order> epochs = epochs_of(d, batches), all = rows_of(got, d.count);
  // Right for the student's own shuffle, whatever is wrong with that.
  if (std::equal(epochs.begin(), epochs.end(), all.begin() + std::ptrdiff_t(d.steps()) + 1)) return {};
  if (const std::string wrong = not_every_row_once(epochs); !wrong.empty()) return wrong;
  if (d.batches() > 1 && all_the_same(epochs))
    return tr("every epoch takes the rows in the order {order}", fmt::arg("order", in_words(epochs[0])));
  return {};
}

}  // namespace

Check descent_check(Draw& draw, const std::string& id, std::size_t count, std::size_t batch, std::size_t epochs) {
  Descent d{count, batch, epochs};
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
  const Values orders = right_orders(draw, d.count, d.epochs);
  for (std::size_t k = 0, at = 0; k < lines; ++k)
    for (std::size_t n = 0; n < d.count; ++n) rows.push_back(k < d.steps() && n < d.rows_in(k) ? orders[at++] : -1);
  rows.insert(rows.end(), orders.begin(), orders.end());

  check.expect = {expected("path", "steps", {lines, D}, path),
                  expected("batches", "batches", {lines + d.epochs, d.count}, rows)};
  check.expect[0].complaint = [=](const Values& got) { return wrong_steps(d, got); };
  check.expect[0].untouched.assign(lines * D, infinity);
  std::copy(d.w.begin(), d.w.end(), check.expect[0].untouched.begin());
  check.expect[1].complaint = [=](const Values& got) { return wrong_batches(d, got); };
  check.expect[1].untouched.assign(lines * d.count, -1);
  for (std::size_t epoch = 0; epoch < d.epochs; ++epoch)
    for (const double n : in_order(d.count)) check.expect[1].untouched.push_back(n);

  check.known_wrong = {
      {"update-sign",
       "path",
       {},
       tr("the step goes along the gradient, uphill: against it is down"),
       [=](const Values& got) { return all_moved_by(d, got, d.eta); }},
      {"update-without-rate",
       "path",
       {},
       tr("the learning rate is left out of the step"),
       [=](const Values& got) { return all_moved_by(d, got, -1); }},
      {"step-over-batch",
       "path",
       {},
       tr("the step is divided by the number of rows of the mini-batch: the gradient is their mean already"),
       [=](const Values& got) {
         return every_step_moved_by(d, got, [&](std::size_t k) { return -d.eta / double(d.rows_in(k)); });
       }},
      {"step-times-batch",
       "path",
       {},
       tr("the step is multiplied by the number of rows of the mini-batch: their mean is wanted, not their sum"),
       [=](const Values& got) {
         return every_step_moved_by(d, got, [&](std::size_t k) { return -d.eta * double(d.rows_in(k)); });
       }},
      {"step-twice",
       "path",
       {},
       tr("every step is made twice over"),
       [=](const Values& got) { return all_moved_by(d, got, -2 * d.eta); }},
      {"stale-gradients",
       "path",
       {},
       tr("all gradients of an epoch are taken at the w with which it begins: take each at the w of the moment"),
       [=](const Values& got) { return stale_in_epoch(d, got); }},
      {"last-batch-left-out",
       "batches",
       {},
       tr("the last, smaller mini-batch is left out"),
       [=](const Values& got) {
         const std::vector<Order> batches = batches_of(d, got);
         return d.rows_in(d.batches() - 1) < d.batch && batches.size() == d.epochs * (d.batches() - 1) &&
                std::all_of(batches.begin(), batches.end(), [&](const Order& b) { return b.size() == d.batch; });
       }},
      {"one-epoch",
       "batches",
       {},
       tr("there is one epoch only"),
       [=](const Values& got) { return batches_of(d, got).size() == d.batches(); }},
      {"shuffled-once",
       "batches",
       {},
       tr("the rows are shuffled once, or not at all: every epoch needs its own order"),
       [=](const Values& got) {
         const std::vector<Order> batches = batches_of(d, got);
         return d.batches() > 1 && batches.size() == d.steps() && all_the_same(epochs_of(d, batches));
       }}};
  return check;
}

}  // namespace gradwalk::harness::lesson_03
