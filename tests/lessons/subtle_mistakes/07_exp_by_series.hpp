// exp by twelve terms of its series: wrong for large operands.
#pragma once

#include "gradwalk/exercise.hpp"

enum class Kind { input, add, mul, exp };  // exp has only `first`

struct Node {
  Kind kind = Kind::input;
  std::size_t first = 0, second = 0;  // places of the nodes that it is computed from
  double value = 0;
  double gradient = 0;  // ∂L/∂(this node)
};

using Graph = std::vector<Node>;

inline void forward(Graph& graph) {
  for (Node& node : graph) {
    if (node.kind == Kind::add) node.value = graph[node.first].value + graph[node.second].value;
    if (node.kind == Kind::mul) node.value = graph[node.first].value * graph[node.second].value;
    if (node.kind == Kind::exp) {
      double term = 1;
      node.value = 1;
      for (int k = 1; k < 12; ++k) node.value += term *= graph[node.first].value / k;
    };
  }
}

// From the last node to the first: when a node's turn comes, all its users have handed back what they have.
inline void backward(Graph& graph) {
  for (Node& node : graph) node.gradient = 0;
  graph.back().gradient = 1;
  for (std::size_t place = graph.size(); place-- > 0;) {
    const Node& node = graph[place];
    if (node.kind == Kind::add) {
      graph[node.first].gradient += node.gradient;
      graph[node.second].gradient += node.gradient;
    }
    if (node.kind == Kind::mul) {
      graph[node.first].gradient += node.gradient * graph[node.second].value;
      graph[node.second].gradient += node.gradient * graph[node.first].value;
    }
    if (node.kind == Kind::exp) graph[node.first].gradient += node.gradient * node.value;
  }
}

// Always the first node that is not placed yet and whose inputs are.
inline std::vector<std::size_t> topological_order(const Graph& graph) {
  std::vector<std::size_t> order;
  std::vector<bool> placed(graph.size());
  const auto ready = [&](const Node& node) {
    if (node.kind == Kind::input) return true;
    return bool(placed[node.first]) && (node.kind == Kind::exp || placed[node.second]);
  };
  while (order.size() < graph.size()) {
    std::size_t next = 0;
    while (placed[next] || !ready(graph[next])) ++next;
    placed[next] = true;
    order.push_back(next);
  }
  return order;
}

// The paths to a node are those to all its users, added up: backward with every local derivative 1.
inline double count_paths(const Graph& graph, std::size_t to) {
  std::vector<double> paths(graph.size());
  paths.back() = 1;
  for (std::size_t place = graph.size(); place-- > 0;) {
    const Node& node = graph[place];
    if (node.kind == Kind::input) continue;
    paths[node.first] += paths[place];
    if (node.kind != Kind::exp) paths[node.second] += paths[place];
  }
  return paths[to];
}
