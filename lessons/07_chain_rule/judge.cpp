// What lesson 07 checks: a chain, b = a + a; c = b * b, a diamond, and a random graph with much reuse. The gradients
// are found by moving the values, so that no rule is trusted.
#include <functional>
#include <numeric>
#include <span>

#include "gradwalk/harness/lesson.hpp"
#include "gradwalk/tracer/language.hpp"
#include "judge_graph.hpp"

namespace gradwalk::harness {

using namespace lesson_07;

namespace {

std::vector<NamedTensor> sent(const Graph& graph, const std::vector<double>& values) {
  std::vector<double> kind, first, second;
  for (const Node& node : graph) {
    kind.push_back(node.kind);
    first.push_back(static_cast<double>(node.first));
    second.push_back(static_cast<double>(node.second));
  }
  const Shape shape{graph.size()};
  return {{"kind", shape, kind}, {"first", shape, first}, {"second", shape, second}, {"value", shape, values}};
}

std::vector<double> inputs_of(const Graph& graph) {
  std::vector<double> values;
  for (const Node& node : graph) values.push_back(node.kind == input ? node.value : 0);
  return values;
}

Check check_of(std::string id, std::string function, const Graph& graph, const std::vector<double>& values,
               const std::string& answer, const std::string& step, std::vector<double> right) {
  Check check;
  check.id = std::move(id);
  check.function = std::move(function);
  check.send = sent(graph, values);
  const Shape shape{right.size()};
  check.expect = {expected(answer, step, shape, std::move(right))};
  return check;
}

Check forward_check(const std::string& id, const Graph& graph) {
  Check check = check_of(id, "forward", graph, inputs_of(graph), "values", "forward", values_of(graph));
  check.expect[0].untouched = inputs_of(graph);
  check.known_wrong = wrong_values(graph);
  return check;
}

Check backward_check(const std::string& id, const std::string& step, const Graph& graph) {
  const std::vector<double> before(graph.size(), 0.375);
  Check check = check_of(id, "backward", graph, values_of(graph), "gradient", step, gradients_of(graph));
  check.send.push_back({"gradient before", {graph.size()}, before});
  for (double& tolerance : check.expect[0].tolerance) tolerance += 1e-7;  // roundings to float of what cancels
  check.expect[0].gradient = true;
  check.expect[0].untouched = before;
  check.known_wrong = wrong_gradients(graph, before);
  return check;
}

/// The paths from the last node to every node, each walked by itself: there are few enough.
std::vector<double> paths_of(const Graph& graph) {
  std::vector<double> paths(graph.size());
  const std::function<void(std::size_t)> walk = [&](std::size_t place) {
    paths[place] += 1;
    if (graph[place].kind == input) return;
    walk(graph[place].first);
    if (graph[place].kind != exponential) walk(graph[place].second);
  };
  walk(graph.size() - 1);
  return paths;
}

/// The paths down to `to`, with those of the two factors multiplied at every product.
double product_paths(const Graph& graph, std::size_t to) {
  std::vector<double> ways;
  for (std::size_t place = 0; place < graph.size(); ++place) {
    const Node& node = graph[place];
    double sum = 0;
    if (node.kind != input) sum = ways[node.first];
    if (node.kind == add) sum += ways[node.second];
    if (node.kind == mul) sum *= ways[node.second];
    ways.push_back(place == to ? 1 : sum);
  }
  return ways.back();
}

Check paths_check(const std::string& id, const Graph& graph) {
  Check check = check_of(id, "paths", graph, values_of(graph), "paths", "paths", paths_of(graph));
  std::vector<double> edges(graph.size()), twice_once(graph.size()), multiplied(graph.size()),
      second_of_exp(graph.size());
  edges.back() = twice_once.back() = second_of_exp.back() = 1;
  for (std::size_t to = 0; to < graph.size(); ++to) multiplied[to] = product_paths(graph, to);
  for (std::size_t place = graph.size(); place-- > 0;) {
    const Node& node = graph[place];
    if (node.kind == input) continue;
    second_of_exp[node.first] += second_of_exp[place];
    second_of_exp[node.second] += second_of_exp[place];
    edges[node.first] += 1;
    if (node.kind != exponential) edges[node.second] += 1;
    twice_once[node.first] += twice_once[place];
    if (node.kind != exponential && node.second != node.first) twice_once[node.second] += twice_once[place];
  }
  check.known_wrong = {
      {"users-for-paths", "paths", edges, tr("with the users of a node counted, not the paths to it")},
      {"paths-multiplied", "paths", multiplied,
       tr("with the paths of the two factors of a product multiplied: paths add, whatever the node computes")},
      {"second-of-exp", "paths", second_of_exp, tr("with `second` of an exp counted: it has one operand")},
      {"same-node-once", "paths", twice_once, tr("with a + a counted as one path: the same node stands there twice")}};
  return check;
}

/// The same graph with node i at place_of[i].
Graph strewn(const Graph& graph, const std::vector<std::size_t>& place_of) {
  Graph other(graph.size(), Node{input, 0, 0, 0});
  for (std::size_t node = 0; node < graph.size(); ++node)
    other[place_of[node]] = {graph[node].kind, place_of[graph[node].first], place_of[graph[node].second],
                             graph[node].value};
  return other;
}

/// Whether each mistake gives an order that is neither right nor another mistake's.
bool are_told_apart(const std::vector<double>& right, const std::vector<KnownWrong>& wrong) {
  for (auto one = wrong.begin(); one != wrong.end(); ++one) {
    if (one->values == right) return false;
    for (auto other = wrong.begin(); other != one; ++other)
      if (other->values == one->values && other->mistake != one->mistake) return false;
  }
  return true;
}

/// The graph with its nodes strewn, and the order that puts it right. Some graphs have strewings that tell every mistake
/// from every other, and then one of them is drawn: a fifth of all for exp(a·b + c·d)·a, none for the diamond.
Check order_check(const std::string& id, Draw& draw, const Graph& graph, bool tells_apart) {
  Check check;
  do {
    std::vector<std::size_t> place_of(graph.size());
    std::iota(place_of.begin(), place_of.end(), std::size_t{0});
    draw.random().shuffle(std::span(place_of));
    const Graph strewn_graph = strewn(graph, place_of);
    check = check_of(id, "order", strewn_graph, inputs_of(strewn_graph), "order", "order", right_order(strewn_graph));
    check.known_wrong = wrong_orders(strewn_graph, place_of.back());
  } while (tells_apart && !are_told_apart(check.expect[0].values, check.known_wrong));
  return check;
}

/// b = a + a; c = b * b
Graph reuse(Draw& draw) { return {{input, 0, 0, draw.numbers(1)[0]}, {add, 0, 0, 0}, {mul, 1, 1, 0}}; }

/// (a·b + b)·exp(a·b), in which a·b has two users and b three.
Graph diamond(Draw& draw) {
  const std::vector<double> in = draw.numbers(2, 0.5);
  return {{input, 0, 0, in[0]},   {input, 0, 0, in[1]}, {mul, 0, 1, 0}, {add, 2, 1, 0},
          {exponential, 2, 0, 0}, {mul, 3, 4, 0},       {add, 5, 1, 0}};
}

Graph chain(Draw& draw) {
  const std::vector<double> in = draw.numbers(3, 0.5);
  return {{input, 0, 0, in[0]}, {input, 0, 0, in[1]}, {input, 0, 0, in[2]},
          {add, 0, 1, 0},       {mul, 3, 2, 0},       {exponential, 4, 0, 0}};
}

/// exp(a·b + c·d)·a: with its nodes strewn, every way of ordering them gives another order.
Graph two_products(Draw& draw) {
  Graph graph;
  for (const double value : draw.numbers(4, 0.5)) graph.push_back({input, 0, 0, value});
  const Graph inner{{mul, 0, 1, 0}, {mul, 2, 3, 0}, {add, 4, 5, 0}, {exponential, 6, 0, 0}, {mul, 7, 0, 0}};
  graph.insert(graph.end(), inner.begin(), inner.end());
  return graph;
}

/// Sums and products of any two nodes before, four inputs first.
Graph random_graph(Draw& draw) {
  Graph graph;
  for (const double value : draw.numbers(4, 0.5)) graph.push_back({input, 0, 0, value});
  while (graph.size() < 11) {
    const std::size_t first = draw.random().below(graph.size()), second = graph.size() - 1 - draw.random().below(2);
    graph.push_back({graph.size() % 2 ? add : mul, first, second, 0});
  }
  return graph;
}

}  // namespace

std::vector<Check> lesson_07_chain_rule(Draw& draw) {
  const Graph line = chain(draw), twice = reuse(draw), both = diamond(draw), any = random_graph(draw);
  return {forward_check("forward", both),
          forward_check("forward-random", any),
          backward_check("backward-chain", "backward", line),
          backward_check("backward-reuse", "reuse", twice),
          backward_check("backward-diamond", "reuse", both),
          backward_check("backward-random", "reuse", any),
          order_check("order", draw, both, false),
          order_check("order-two-products", draw, two_products(draw), true),
          paths_check("paths-reuse", twice),
          paths_check("paths-diamond", both),
          paths_check("paths-random", any)};
}

}  // namespace gradwalk::harness
