// Of the judge: the graphs of lesson 07, what is right in them, and the numbers that known mistakes make.
#pragma once

#include <string>
#include <vector>

#include "gradwalk/harness/lesson.hpp"

namespace gradwalk::harness::lesson_07 {

enum Kind { input, add, mul, exponential };  // as the exercise numbers them

struct Node {
  Kind kind;
  std::size_t first, second;
  double value;
};
using Graph = std::vector<Node>;

double of_kind(const Node& node, double first, double second);

std::vector<double> values_of(const Graph& graph);

/// ∂L/∂(node): how the last value moves when this one is moved, exact to the rounding of double.
std::vector<double> gradients_of(const Graph& graph);

/// Of the forward pass, and of the way back with `before` in the gradients.
std::vector<KnownWrong> wrong_values(const Graph& graph);
std::vector<KnownWrong> wrong_gradients(const Graph& graph, const std::vector<double>& before);

/// The paths from the last node to every node, each walked by itself: there are few enough.
std::vector<double> paths_of(const Graph& graph);
std::vector<KnownWrong> wrong_paths(const Graph& graph);

/// Of the nodes that are ready, always the one at the smallest place.
std::vector<double> right_order(const Graph& graph);
std::vector<KnownWrong> wrong_orders(const Graph& graph, std::size_t loss);

}  // namespace gradwalk::harness::lesson_07
