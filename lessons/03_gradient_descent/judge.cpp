// What lesson 03 checks: the gradient on some rows, held against finite differences; the shuffle by what every right
// one has in common, whichever way it is made; the descent by the steps it takes when the gradients are given.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "gradwalk/harness/lesson.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"

namespace gradwalk::harness {
namespace {

using Values = std::vector<double>;
using Order = std::vector<double>;

/// A matrix as its rows.
std::vector<Order> rows_of(const Values& values, std::size_t cols) {
  std::vector<Order> rows;
  for (auto at = values.begin(); at != values.end(); at += std::ptrdiff_t(cols))
    rows.emplace_back(at, at + std::ptrdiff_t(cols));
  return rows;
}

NamedTensor scalar(const char* name, double value) { return {name, {}, {value}}; }

double some_seed(Draw& draw) { return double(draw.random().below(1'000'000)); }

// The gradient.

constexpr std::size_t D = 3;  // weights

/// The neuron on these rows of the training set.
Trace neuron(const Values& w, double b, const Values& all_x, const Values& all_y, const std::vector<double>& rows) {
  Values x, y;
  for (const double row : rows) {
    const auto at = all_x.begin() + std::ptrdiff_t(row) * std::ptrdiff_t(D);
    x.insert(x.end(), at, at + D);
    y.push_back(all_y[std::size_t(row)]);
  }
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

Check gradient_check(Draw& draw) {
  constexpr std::size_t count = 8;
  const Values w = draw.numbers(D), b = draw.numbers(1), x = draw.numbers(count * D);
  const Values rows = {6, 1, 4};
  // Too high, too low, too high … : where all errors had one sign, a lost sign would look like a turned one.
  Values y = draw.numbers(count);
  for (std::size_t n = 0; n < count; ++n) {
    double f = b[0];
    for (std::size_t i = 0; i < D; ++i) f += w[i] * x[n * D + i];
    y[n] = f + (n % 4 < 2 ? 1 : -1) * std::abs(y[n]);
  }
  const auto on = [&](const Values& others) { return neuron(w, b[0], x, y, others); };
  const Trace t = on(rows);
  Check check = traced_check("gradient", "gradient", t, {"W", "b"}, {{"dW", "gradient"}, {"db", "gradient"}});
  check.send.push_back({"rows", {rows.size()}, rows});
  check.send.push_back({"all x", {count, D}, x});
  check.send.push_back({"all y", {count}, y});
  for (const char* name : {"dW", "db"}) {
    Values over_all = t.tensor(name).values;
    for (double& value : over_all) value *= double(rows.size()) / count;
    check.known_wrong.push_back(
        {"mean-over-all-rows", name, over_all, tr("divided by the rows of the training set, not of the mini-batch")});
    check.known_wrong.push_back({"rows-as-they-lie", name, on({0, 1, 2}).tensor(name).values,
                                 tr("of the first rows of x, not of those that are named")});
    check.known_wrong.push_back({"rows-all", name, on({0, 1, 2, 3, 4, 5, 6, 7}).tensor(name).values,
                                 tr("of all rows of x, not of those that are named")});
  }
  return check;
}

// The shuffle.

bool is_permutation(Order order) {
  std::sort(order.begin(), order.end());
  for (std::size_t n = 0; n < order.size(); ++n)
    if (order[n] != double(n)) return false;
  return true;
}

Order in_order(std::size_t count) {
  Order order;
  for (std::size_t n = 0; n < count; ++n) order.push_back(double(n));
  return order;
}

/// What a right exercise gives, one of the many.
Values right_orders(Draw& draw, std::size_t count, std::size_t times) {
  Values all;
  for (std::size_t k = 0; k < times; ++k) {
    Order order = in_order(count);
    draw.random().shuffle(std::span(order));
    all.insert(all.end(), order.begin(), order.end());
  }
  return all;
}

std::string in_words(const Order& order) {
  std::string text;
  for (const double n : order) text += (text.empty() ? "" : " ") + format_number(n);
  return text;
}

/// Empty when every order holds every row once.
std::string not_every_row_once(const std::vector<Order>& orders) {
  for (const Order& order : orders)
    if (!is_permutation(order))
      return tr("the order {order} does not hold each of the {n} rows once", fmt::arg("order", in_words(order)),
                fmt::arg("n", order.size()));
  return {};
}

bool all_the_same(const std::vector<Order>& orders) {
  return std::all_of(orders.begin(), orders.end(), [&](const Order& o) { return o == orders[0]; });
}

std::vector<Order> first(const std::vector<Order>& orders, std::size_t many) {
  return {orders.begin(), orders.begin() + std::ptrdiff_t(many)};
}

KnownWrong drawn_anew(std::size_t count) {
  return {"drawn-anew",
          "orders",
          {},
          tr("a row is drawn for each place as if all were still there: swap two places instead"),
          [=](const Values& got) { return !not_every_row_once(rows_of(got, count)).empty(); }};
}

KnownWrong same_every_time(std::size_t count, std::size_t times) {
  return {"same-order-every-time",
          "orders",
          {},
          tr("the chance begins anew in each call: use the generator that is handed over, and as it stands"),
          [=](const Values& got) {
            const std::vector<Order> orders = rows_of(got, count);
            return not_every_row_once(orders).empty() && orders[0] != in_order(count) &&
                   all_the_same(first(orders, times));
          }};
}

Check orders_check(Draw& draw) {
  constexpr std::size_t count = 12, times = 4, runs = 2;  // 12! orders: no two are the same by chance
  Check check;
  check.id = "orders";
  check.function = "orders";
  check.send = {scalar("count", count), scalar("times", times), scalar("runs", runs), scalar("seed", some_seed(draw))};
  Values right = right_orders(draw, count, times);
  right.insert(right.end(), right.begin(), right.end());
  check.expect = {expected("orders", "shuffle", {runs * times, count}, right)};
  const auto second_run_differs = [](const std::vector<Order>& orders) {
    return !std::equal(orders.begin(), orders.begin() + times, orders.begin() + times);
  };
  check.expect[0].complaint = [=](const Values& got) {
    const std::vector<Order> orders = rows_of(got, count);
    if (const std::string wrong = not_every_row_once(orders); !wrong.empty()) return wrong;
    if (all_the_same(first(orders, times)))
      return tr("four calls with the same generator give the order {order} each time",
                fmt::arg("order", in_words(orders[0])));
    if (second_run_differs(orders)) return tr("a generator with the same seed gives other orders the second time");
    return std::string();
  };
  for (std::size_t k = 0; k < runs * times; ++k)
    for (const double n : in_order(count)) check.expect[0].untouched.push_back(n);
  check.known_wrong = {
      drawn_anew(count),
      same_every_time(count, times),
      {"own-randomness",
       "orders",
       {},
       tr("there is chance that does not come from `random`: what cannot be repeated cannot be mended"),
       [=](const Values& got) {
         const std::vector<Order> orders = rows_of(got, count);
         return not_every_row_once(orders).empty() && !all_the_same(first(orders, times)) && second_run_differs(orders);
       }}};
  return check;
}

constexpr std::size_t shuffles = 60'000;
constexpr double fair_share = shuffles / 6.0;
// A right shuffle is off by 91 in one of three cases (√(shuffles·1/6·5/6)), by 600 never; one that swaps every place
// with any other is off by 1111: of its 27 ways 4 lead to three of the orders and 5 to the other three.
constexpr double off_by_chance = 600;

std::map<Order, double> counted(const Values& got) {
  std::map<Order, double> counts;
  Order order = in_order(3);
  do counts[order] = 0;
  while (std::next_permutation(order.begin(), order.end()));
  for (const Order& one : rows_of(got, 3)) ++counts[one];
  return counts;
}

std::string not_fair(const Values& got) {
  for (const auto& [order, count] : counted(got)) {
    if (!is_permutation(order)) return not_every_row_once({order});
    if (!(std::abs(count - fair_share) < off_by_chance))
      return tr("of {all} shuffles of three rows {count} give the order {order}: about {fair} are fair",
                fmt::arg("all", shuffles), fmt::arg("count", count), fmt::arg("order", in_words(order)),
                fmt::arg("fair", fair_share));
  }
  return {};
}

/// How many orders come about so often.
std::ptrdiff_t orders_near(const std::map<Order, double>& counts, double share) {
  return std::count_if(counts.begin(), counts.end(),
                       [&](const auto& one) { return std::abs(one.second - share * shuffles) < off_by_chance; });
}

/// One of the right answers: all orders in turn.
Values fair_orders() {
  Values all;
  Order order = in_order(3);
  for (std::size_t k = 0; k < shuffles; ++k, std::next_permutation(order.begin(), order.end()))
    all.insert(all.end(), order.begin(), order.end());
  return all;
}

Check fair_check(Draw& draw) {
  Check check;
  check.id = "fair";
  check.function = "orders";
  check.send = {scalar("count", 3), scalar("times", shuffles), scalar("runs", 1), scalar("seed", some_seed(draw))};
  check.expect = {expected("orders", "fair", {shuffles, 3}, fair_orders())};
  check.expect[0].complaint = not_fair;
  for (std::size_t k = 0; k < shuffles; ++k)
    for (const double n : in_order(3)) check.expect[0].untouched.push_back(n);
  // The first two are told in the check before already, and cost nothing here.
  check.known_wrong = {drawn_anew(3),
                       same_every_time(3, shuffles),
                       {"swapped-with-any",
                        "orders",
                        {},
                        tr("place i is swapped with any place, also with those that are done: 27 ways cannot be shared "
                           "out among 6 orders"),
                        [](const Values& got) {
                          const auto counts = counted(got);
                          return counts.size() == 6 && orders_near(counts, 4.0 / 27) == 3 &&
                                 orders_near(counts, 5.0 / 27) == 3;
                        }},
                       {"never-in-place",
                        "orders",
                        {},
                        tr("place i is never swapped with itself: no row ever stays where it was"),
                        [](const Values& got) {
                          const auto counts = counted(got);
                          return counts.size() == 6 && orders_near(counts, 0.5) == 2 && orders_near(counts, 0) == 4;
                        }}};
  return check;
}

// The descent.

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

bool all_moved_by(const Descent& d, const Values& got, double factor) {
  const std::vector<Order> path = rows_of(got, D);
  for (std::size_t k = 0; k < steps_made(path); ++k)
    if (!moved_by(d, path, k, factor)) return false;
  return steps_made(path) > 0;
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

}  // namespace

std::vector<Check> lesson_03_gradient_descent(Draw& draw) {
  return {gradient_check(draw), orders_check(draw), fair_check(draw), descent_check(draw, "mini-batches", {10, 4, 3}),
          descent_check(draw, "full-batch", {6, 6, 4})};
}

}  // namespace gradwalk::harness
