// What lesson 07 checks: a chain, b = a + a; c = b * b, a diamond, and a random graph with much reuse. The gradients
// are found by moving the values, so that no rule is trusted.
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

Check paths_check(const std::string& id, const Graph& graph) {
  Check check = check_of(id, "paths", graph, values_of(graph), "paths", "paths", paths_of(graph));
  check.known_wrong = wrong_paths(graph);
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
/// from every other, and then one of them is drawn: many for exp(a·b + (c + c))·d, none for the diamond.
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
          {exponential, 2, 1, 0}, {mul, 3, 4, 0},       {add, 5, 1, 0}};
}

Graph chain(Draw& draw) {
  const std::vector<double> in = draw.numbers(3, 0.5);
  return {{input, 0, 0, in[0]}, {input, 0, 0, in[1]}, {input, 0, 0, in[2]},
          {add, 0, 1, 0},       {mul, 3, 2, 0},       {exponential, 4, 1, 0}};
}

/// exp(a·b + (c + c))·d: with its nodes strewn, every way of ordering them gives another order. `second` of the exp is d,
/// which it need not wait for.
Graph two_terms(Draw& draw) {
  Graph graph;
  for (const double value : draw.numbers(4, 0.5)) graph.push_back({input, 0, 0, value});
  const Graph inner{{mul, 0, 1, 0}, {add, 2, 2, 0}, {add, 4, 5, 0}, {exponential, 6, 3, 0}, {mul, 7, 3, 0}};
  graph.insert(graph.end(), inner.begin(), inner.end());
  return graph;
}

/// exp of a large number and of a small one: what is right near 0 only is far off there.
Graph far_from_zero(Draw& draw) {
  const auto more = [&] { return static_cast<double>(draw.random().below(97)) / 32; };
  return {{input, 0, 0, 5 + more()},
          {input, 0, 0, -7 - more()},
          {exponential, 0, 1, 0},
          {exponential, 1, 0, 0},
          {mul, 2, 3, 0}};
}

/// b = a + a; c = b + b; … : 2¹⁷ paths, more than a byte can count, or two.
Graph doublings(Draw& draw) {
  Graph graph{{input, 0, 0, draw.numbers(1)[0]}};
  while (graph.size() <= 17) graph.push_back({add, graph.size() - 1, graph.size() - 1, 0});
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
          forward_check("forward-far", far_from_zero(draw)),
          backward_check("backward-chain", "backward", line),
          backward_check("backward-reuse", "reuse", twice),
          backward_check("backward-diamond", "reuse", both),
          backward_check("backward-random", "reuse", any),
          order_check("order", draw, both, false),
          order_check("order-two-terms", draw, two_terms(draw), true),
          paths_check("paths-reuse", twice),
          paths_check("paths-diamond", both),
          paths_check("paths-random", any),
          paths_check("paths-doubled", doublings(draw))};
}

}  // namespace gradwalk::harness
