// The shuffle, by what every right one has in common, whichever way it is made.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "gradwalk/tracer/language.hpp"
#include "judge_orders.hpp"

namespace gradwalk::harness::lesson_03 {
namespace {

/// What the empty exercise gives.
Values always_in_order(std::size_t count, std::size_t times) {
  Values all;
  const Order order = in_order(count);
  for (std::size_t k = 0; k < times; ++k) all.insert(all.end(), order.begin(), order.end());
  return all;
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
  check.expect[0].untouched = always_in_order(count, runs * times);
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

/// Each place swapped with any other: of so many `ways` `few` lead to three of the orders and `more` to the other three.
KnownWrong swapped_with_any(double ways, double few, double more, const std::string& words) {
  return {"swapped-with-any", "orders", {}, words, [=](const Values& got) {
            const auto counts = counted(got);
            return counts.size() == 6 && orders_near(counts, few / ways) == 3 && orders_near(counts, more / ways) == 3;
          }};
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
  check.expect[0].untouched = always_in_order(3, shuffles);
  // The first two are told in the check before; here they cost again, because a fair shuffle was not begun.
  check.known_wrong = {drawn_anew(3),
                       same_every_time(3, shuffles),
                       swapped_with_any(27, 4, 5,
                                        tr("place i is swapped with any place, also with those that are done: 27 ways "
                                           "cannot be shared out among 6 orders")),
                       swapped_with_any(9, 1, 2,  // in a loop that leaves out the first place, or the last
                                        tr("place i is swapped with any place, also with those that are done: 9 ways "
                                           "cannot be shared out among 6 orders")),
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

/// How many different orders come in `draws` fair ones of n rows: `mean`, and the standard deviation. (With m = n! orders
/// and c = draws/m: m·(1 − e⁻ᶜ) and m·e⁻ᶜ·(1 − (1 + c)·e⁻ᶜ), Feller: An Introduction to Probability Theory, volume 1,
/// on occupancy.)
struct DifferentOrders {
  DifferentOrders(double n, double draws) {
    const double orders = std::tgamma(n + 1), missed = std::exp(-draws / orders);
    mean = orders * (1 - missed);
    deviation = std::sqrt(orders * missed * (1 - (1 + draws / orders) * missed));
  }
  double mean, deviation;
};

constexpr double many = 20'000;
constexpr double never = 8;  // standard deviations

/// A shuffle that is fair for three rows only, or goes through the orders one after the other.
std::string not_fair_for_more(const Values& got, std::size_t count) {
  const std::vector<Order> orders = rows_of(got, count);
  if (const std::string wrong = not_every_row_once(orders); !wrong.empty()) return wrong;
  const double share = 1 / double(count), off = never * std::sqrt(many * share * (1 - share));
  for (std::size_t place = 0; place < count; ++place) {
    std::vector<double> stands(count);
    for (const Order& order : orders) ++stands[std::size_t(order[place])];
    for (std::size_t row = 0; row < count; ++row)
      if (!(std::abs(stands[row] - many * share) < off))
        return tr(
            "in {all} shuffles of {n} rows, row {row} comes to place {place} {count} times: about {fair} are fair",
            fmt::arg("all", many), fmt::arg("n", count), fmt::arg("row", row), fmt::arg("place", place),
            fmt::arg("count", stands[row]), fmt::arg("fair", std::round(many * share)));
  }
  const DifferentOrders fair(double(count), many);
  const auto different = double(std::set<Order>(orders.begin(), orders.end()).size());
  if (std::abs(different - fair.mean) < never * fair.deviation) return {};
  return tr("{all} shuffles of {n} rows give {different} different orders: about {fair} are fair",
            fmt::arg("all", many), fmt::arg("n", count), fmt::arg("different", different),
            fmt::arg("fair", std::round(fair.mean)));
}

Check fair_for_more_check(Draw& draw) {
  const std::size_t count = 7 + draw.random().below(3);
  const auto times = std::size_t(many);
  Check check;
  check.id = "fair-for-more";
  check.function = "orders";
  check.send = {scalar("count", double(count)), scalar("times", many), scalar("runs", 1),
                scalar("seed", some_seed(draw))};
  check.expect = {expected("orders", "fair", {times, count}, right_orders(draw, count, times))};
  check.expect[0].complaint = [count](const Values& got) { return not_fair_for_more(got, count); };
  check.expect[0].untouched = always_in_order(count, times);
  check.known_wrong = {drawn_anew(count), same_every_time(count, times)};
  return check;
}

}  // namespace

std::vector<Check> shuffle_checks(Draw& draw) {
  return {orders_check(draw), fair_check(draw), fair_for_more_check(draw)};
}

}  // namespace gradwalk::harness::lesson_03
