#include "judge_orders.hpp"

#include <algorithm>

#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"

namespace gradwalk::harness::lesson_03 {

double some_seed(Draw& draw) { return double(draw.random().below(1'000'000)); }

std::vector<Order> rows_of(const Values& values, std::size_t cols) {
  std::vector<Order> rows;
  for (auto at = values.begin(); at != values.end(); at += std::ptrdiff_t(cols))
    rows.emplace_back(at, at + std::ptrdiff_t(cols));
  return rows;
}

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

std::string in_words(const Order& order) {
  std::string text;
  for (const double n : order) text += (text.empty() ? "" : " ") + format_number(n);
  return text;
}

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

Values right_orders(Draw& draw, std::size_t count, std::size_t times) {
  Values all;
  for (std::size_t k = 0; k < times; ++k) {
    Order order = in_order(count);
    draw.random().shuffle(std::span(order));
    all.insert(all.end(), order.begin(), order.end());
  }
  return all;
}

std::vector<Order> first(const std::vector<Order>& orders, std::size_t many) {
  return {orders.begin(), orders.begin() + std::ptrdiff_t(many)};
}

}  // namespace gradwalk::harness::lesson_03
