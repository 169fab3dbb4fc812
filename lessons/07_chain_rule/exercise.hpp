// Lesson 07: backpropagation through any graph of numbers.
//
// A graph is a list of nodes. An input has a value of its own; any other node computes its value from one or two nodes,
// named by their places in the list: kind add with first = 0, second = 0 is node0 + node0. The last node is L. For all
// but topological_order, each node stands behind the nodes that it is computed from.
// Check what you have with:  gradwalk lesson check 07 exercise.hpp
#pragma once

#include "gradwalk/exercise.hpp"

enum class Kind { input, add, mul, exp };  // exp has only `first`

struct Node {
  Kind kind = Kind::input;
  std::size_t first = 0, second = 0;  // places of the nodes that it is computed from; an input has none
  double value = 0;
  double gradient = 0;  // ∂L/∂(this node)
};

using Graph = std::vector<Node>;

// Fills every `value` but the inputs'.
inline void forward(Graph& graph) {
  // Your code here.
}

// Fills every `gradient`: 1 in the last node, and in any other the sum of what all its users hand back. What stood in
// the gradients before does not count.
inline void backward(Graph& graph) {
  // Your code here.
}

// The places of the nodes in an order in which each stands behind what it is computed from, for a list in any order:
// of the nodes that could come next, always the one with the smallest place.
inline std::vector<std::size_t> topological_order(const Graph& graph) {
  std::vector<std::size_t> order;
  // Your code here.
  return order;
}

// How many different paths lead from the last node back to node `to`. b = a + a: two paths from b to a. To the last node
// itself there is one, the one without a step.
inline double count_paths(const Graph& graph, std::size_t to) {
  // Your code here.
  return 0;
}
