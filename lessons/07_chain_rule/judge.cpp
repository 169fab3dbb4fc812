// What lesson 07 checks: a chain, b = a + a; c = b * b, a diamond, and a random graph with much reuse. The gradients
// are found by finite differences of the values, so that no rule is trusted.
#include <cmath>
#include <functional>
#include <utility>

#include "gradwalk/harness/lesson.hpp"
#include "gradwalk/nn/difference.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk::harness {
namespace {

enum Kind { input, add, mul, exponential };  // as the exercise numbers them

struct Node {
  Kind kind;
  std::size_t first, second;
  double value;
};
using Graph = std::vector<Node>;

double of_kind(const Node& node, double first, double second) {
  switch (node.kind) {
    case input:
      return node.value;
    case add:
      return first + second;
    case mul:
      return first * second;
    case exponential:
      return std::exp(first);
  }
  return 0;
}

/// All values, with `moved` added to the value of one node before its users see it.
std::vector<double> values_of(const Graph& graph, std::size_t which = 0, double moved = 0) {
  std::vector<double> values;
  for (const Node& node : graph) {
    const bool inner = node.kind != input;
    values.push_back(of_kind(node, inner ? values[node.first] : 0, inner ? values[node.second] : 0));
    if (values.size() - 1 == which) values.back() += moved;
  }
  return values;
}

/// ∂L/∂(node): how the last value moves when this one is moved.
std::vector<double> gradients_of(const Graph& graph) {
  std::vector<double> gradients;
  for (std::size_t which = 0; which < graph.size(); ++which)
    gradients.push_back(differentiate(
                            [&](double moved) {
                              return Probe{values_of(graph, which, moved).back(), 0};
                            },
                            0)
                            .value);
  return gradients;
}

/// What a user hands back to a node: its gradient times the local derivative.
using HandBack =
    std::function<void(std::vector<double>& gradients, const std::vector<double>& values, std::size_t place)>;

/// The reverse pass with one thing in it done in another way.
std::vector<double> reverse_pass(const Graph& graph, const HandBack& hand_back, std::vector<double> gradients) {
  const std::vector<double> values = values_of(graph);
  gradients.back() = 1;
  for (std::size_t place = graph.size(); place-- > 0;)
    if (graph[place].kind != input) hand_back(gradients, values, place);
  return gradients;
}

double local(const Node& node, const std::vector<double>& values, std::size_t place, bool to_second) {
  if (node.kind == mul) return values[to_second ? node.first : node.second];
  return node.kind == exponential ? values[place] : 1;
}

std::vector<KnownWrong> wrong_gradients(const Graph& graph, const std::vector<double>& before) {
  const auto pass = [&](bool adds, bool second_too, bool own_factor, bool exp_is_one, std::vector<double> start) {
    return reverse_pass(
        graph,
        [&](std::vector<double>& g, const std::vector<double>& v, std::size_t place) {
          const Node& node = graph[place];
          const double up = g[place];
          for (const bool to_second : {false, true}) {
            if (to_second && (node.kind == exponential || !second_too)) continue;
            const std::size_t to = to_second ? node.second : node.first;
            double factor = local(node, v, place, own_factor && node.kind == mul ? !to_second : to_second);
            if (exp_is_one && node.kind == exponential) factor = 1;
            g[to] = (adds ? g[to] : 0) + up * factor;
          }
        },
        std::move(start));
  };
  const std::vector<double> zeros(graph.size());
  return {{"overwritten", "gradients", pass(false, true, false, false, zeros),
           tr("with only what the last user hands back: = for +=, and gradients add")},
          {"second-left-out", "gradients", pass(true, false, false, false, zeros),
           tr("with nothing handed to the second operand")},
          {"own-value-for-others", "gradients", pass(true, true, true, false, zeros),
           tr("with a node's own value as the local derivative of a product, where the other factor belongs")},
          {"exp-left-out", "gradients", pass(true, true, false, true, zeros),
           tr("with the local derivative of exp left out")},
          {"not-reset", "gradients", pass(true, true, false, false, before),
           tr("with what stood in the gradients before still in it")}};
}

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
  return check;
}

Check backward_check(const std::string& id, const std::string& step, const Graph& graph) {
  const std::vector<double> before(graph.size(), 0.375);
  Check check = check_of(id, "backward", graph, values_of(graph), "gradients", step, gradients_of(graph));
  check.send.push_back({"gradient before", {graph.size()}, before});
  for (double& tolerance : check.expect[0].tolerance) tolerance += 1e-7;  // the differences' own error
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

Check paths_check(const std::string& id, const Graph& graph) {
  Check check = check_of(id, "paths", graph, values_of(graph), "paths", "paths", paths_of(graph));
  std::vector<double> edges(graph.size()), twice_once(graph.size());
  edges.back() = twice_once.back() = 1;
  for (std::size_t place = graph.size(); place-- > 0;) {
    const Node& node = graph[place];
    if (node.kind == input) continue;
    edges[node.first] += 1;
    if (node.kind != exponential) edges[node.second] += 1;
    twice_once[node.first] += twice_once[place];
    if (node.kind != exponential && node.second != node.first) twice_once[node.second] += twice_once[place];
  }
  check.known_wrong = {
      {"users-for-paths", "paths", edges, tr("with the users of a node counted, not the paths to it")},
      {"same-node-once", "paths", twice_once, tr("with a + a counted as one path: the same node stands there twice")}};
  return check;
}

/// The same graph with its nodes in another order, and the order that puts it right.
Check order_check(const std::string& id, const Graph& graph, const std::vector<std::size_t>& place_of) {
  Graph shuffled(graph.size(), Node{input, 0, 0, 0});
  for (std::size_t node = 0; node < graph.size(); ++node)
    shuffled[place_of[node]] = {graph[node].kind, place_of[graph[node].first], place_of[graph[node].second],
                                graph[node].value};
  std::vector<double> order, as_it_is;
  std::vector<bool> placed(graph.size());
  while (order.size() < graph.size())
    for (std::size_t next = 0; next < graph.size(); ++next) {
      const Node& node = shuffled[next];
      const bool ready =
          node.kind == input || (placed[node.first] && (node.kind == exponential || placed[node.second]));
      if (placed[next] || !ready) continue;
      placed[next] = true;
      order.push_back(static_cast<double>(next));
      break;
    }
  for (std::size_t place = 0; place < graph.size(); ++place) as_it_is.push_back(static_cast<double>(place));
  Check check = check_of(id, "order", shuffled, inputs_of(shuffled), "order", "order", order);
  check.known_wrong = {{"order-as-it-is", "order", as_it_is,
                        tr("with the nodes as the list has them: some stand before what they need")},
                       {"order-reversed",
                        "order",
                        {order.rbegin(), order.rend()},
                        tr("with the first node last: L comes at the end, not at the beginning")}};
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
          order_check("order", both, {4, 1, 6, 2, 0, 5, 3}),
          order_check("order-chain", line, {5, 3, 4, 1, 2, 0}),
          paths_check("paths-reuse", twice),
          paths_check("paths-diamond", both),
          paths_check("paths-random", any)};
}

}  // namespace gradwalk::harness
