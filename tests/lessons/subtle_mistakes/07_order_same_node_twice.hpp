// The order waits for both operands of a + a, of which only one is ever crossed off: the node never comes.
#pragma once

#include <set>

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
    if (node.kind == Kind::exp) node.value = std::exp(graph[node.first].value);
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
  std::vector<int> missing(graph.size());
  std::vector<std::set<std::size_t>> users(graph.size());
  for (std::size_t n = 0; n < graph.size(); ++n) {
    if (graph[n].kind == Kind::input) continue;
    users[graph[n].first].insert(n), ++missing[n];
    if (graph[n].kind != Kind::exp) users[graph[n].second].insert(n), ++missing[n];
  }
  std::set<std::size_t> ready;
  for (std::size_t n = 0; n < graph.size(); ++n)
    if (missing[n] == 0) ready.insert(n);
  while (!ready.empty()) {
    const std::size_t n = *ready.begin();
    ready.erase(ready.begin());
    order.push_back(n);
    for (std::size_t user : users[n])
      if (--missing[user] == 0) ready.insert(user);
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
