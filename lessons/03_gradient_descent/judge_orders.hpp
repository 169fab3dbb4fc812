// Of the judge: rows of a training set in some order, and the checks of the shuffle and of the descent.
#pragma once

#include <string>
#include <vector>

#include "gradwalk/harness/lesson.hpp"

namespace gradwalk::harness::lesson_03 {

using Values = std::vector<double>;
using Order = std::vector<double>;

constexpr std::size_t D = 3;  // weights

double some_seed(Draw& draw);

/// A matrix as its rows.
std::vector<Order> rows_of(const Values& values, std::size_t cols);
/// 0 1 2 …
Order in_order(std::size_t count);
bool is_permutation(Order order);
std::vector<Order> first(const std::vector<Order>& orders, std::size_t many);
bool all_the_same(const std::vector<Order>& orders);
/// "2 0 1"
std::string in_words(const Order& order);
/// Empty when every order holds every row once.
std::string not_every_row_once(const std::vector<Order>& orders);
/// What a right exercise gives, one of the many: `times` orders one after the other.
Values right_orders(Draw& draw, std::size_t count, std::size_t times);

/// Orders, and whether they are fair: of three rows, all six orders counted, and of so many that their orders cannot be
/// counted one by one.
std::vector<Check> shuffle_checks(Draw& draw);
/// Mini-batches, and all rows at once.
std::vector<Check> descent_checks(Draw& draw);

}  // namespace gradwalk::harness::lesson_03
