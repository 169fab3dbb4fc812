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

/// The values with one rule in it replaced; `rule` gives a node's value from its operands'.
using Rule = double (*)(const Node& node, double first, double second);
std::vector<double> values_with(const Graph& graph, Rule rule) {
  std::vector<double> values;
  for (const Node& node : graph) {
    const bool inner = node.kind != input;
    values.push_back(rule(node, inner ? values[node.first] : 0, inner ? values[node.second] : 0));
  }
  return values;
}

std::vector<KnownWrong> wrong_values(const Graph& graph) {
  const auto known = [&](const char* id, const std::string& words, Rule rule) {
    return KnownWrong{id, "values", values_with(graph, rule), words};
  };
  return {
      known("mul-falls-through", tr("with exp where the product belongs: a case without its break falls through"),
            [](const Node& node, double a, double b) { return node.kind == mul ? std::exp(a) : of_kind(node, a, b); }),
      known("add-falls-through", tr("with the product where the sum belongs"),
            [](const Node& node, double a, double b) { return node.kind == add ? a * b : of_kind(node, a, b); }),
      known("mul-as-add", tr("with the sum where the product belongs"),
            [](const Node& node, double a, double b) { return node.kind == mul ? a + b : of_kind(node, a, b); }),
      known("exp-passed-through", tr("with exp left out: the number is handed on as it is"),
            [](const Node& node, double a, double b) { return node.kind == exponential ? a : of_kind(node, a, b); }),
      known("first-operand-twice", tr("with the first operand in the place of the second"),
            [](const Node& node, double a, double) { return of_kind(node, a, a); })};
}

double local(const Node& node, const std::vector<double>& values, std::size_t place, bool to_second) {
  if (node.kind == mul) return values[to_second ? node.first : node.second];
  return node.kind == exponential ? values[place] : 1;
}

/// Hands on `gradients[place]`, as it is now, to the operands.
void hand_on(const Graph& graph, const std::vector<double>& values, std::vector<double>& gradients, std::size_t place) {
  const Node& node = graph[place];
  const double up = gradients[place];
  gradients[node.first] += up * local(node, values, place, false);
  if (node.kind != exponential) gradients[node.second] += up * local(node, values, place, true);
}

/// From the loss on, deepest first and every node once: a node may hand on before all of its users have come.
std::vector<double> depth_first(const Graph& graph, const std::vector<double>& values) {
  std::vector<double> gradients(graph.size());
  std::vector<bool> seen(graph.size());
  std::vector<std::size_t> to_do{graph.size() - 1};
  gradients.back() = 1;
  seen.back() = true;
  while (!to_do.empty()) {
    const std::size_t place = to_do.back();
    to_do.pop_back();
    if (graph[place].kind == input) continue;
    hand_on(graph, values, gradients, place);
    for (const std::size_t operand : {graph[place].first, graph[place].second}) {
      if (seen[operand] || (graph[place].kind == exponential && operand != graph[place].first)) continue;
      seen[operand] = true;
      to_do.push_back(operand);
    }
  }
  return gradients;
}

/// A function that calls itself for the operands, without waiting: what came in before is handed on once more.
std::vector<double> once_for_every_visit(const Graph& graph, const std::vector<double>& values) {
  std::vector<double> gradients(graph.size());
  gradients.back() = 1;
  const std::function<void(std::size_t)> visit = [&](std::size_t place) {
    const Node& node = graph[place];
    if (node.kind == input) return;
    const double up = gradients[place];
    gradients[node.first] += up * local(node, values, place, false);
    visit(node.first);
    if (node.kind == exponential) return;
    gradients[node.second] += up * local(node, values, place, true);
    visit(node.second);
  };
  visit(graph.size() - 1);
  return gradients;
}

/// a + a and b · b hand back once.
std::vector<double> same_node_once(const Graph& graph, const std::vector<double>& values) {
  std::vector<double> gradients(graph.size());
  gradients.back() = 1;
  for (std::size_t place = graph.size(); place-- > 0;) {
    const Node& node = graph[place];
    if (node.kind == input) continue;
    const double up = gradients[place];
    gradients[node.first] += up * local(node, values, place, false);
    if (node.kind != exponential && node.second != node.first)
      gradients[node.second] += up * local(node, values, place, true);
  }
  return gradients;
}

std::vector<double> times(std::vector<double> numbers, double factor) {
  for (double& number : numbers) number *= factor;
  return numbers;
}

std::vector<double> first_to_last(const Graph& graph, const std::vector<double>& values) {
  std::vector<double> gradients(graph.size());
  gradients.back() = 1;
  for (std::size_t place = 0; place < graph.size(); ++place)
    if (graph[place].kind != input) hand_on(graph, values, gradients, place);
  return gradients;
}

/// In the nodes of one kind, or in all.
std::vector<double> without_upstream(const Graph& graph, const std::vector<double>& values, int only = input) {
  std::vector<double> gradients(graph.size());
  gradients.back() = 1;
  for (std::size_t place = graph.size(); place-- > 0;) {
    const Node& node = graph[place];
    if (node.kind == input) continue;
    const double up = only == input || node.kind == only ? 1 : gradients[place];
    gradients[node.first] += up * local(node, values, place, false);
    if (node.kind != exponential) gradients[node.second] += up * local(node, values, place, true);
  }
  return gradients;
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
  const std::vector<double> values = values_of(graph);
  const auto with_exp_local = [&](double (*of)(double operand, double value)) {
    return reverse_pass(
        graph,
        [&](std::vector<double>& g, const std::vector<double>& v, std::size_t place) {
          const Node& node = graph[place];
          const double up = g[place];
          g[node.first] += up * (node.kind == exponential ? of(v[node.first], v[place]) : local(node, v, place, false));
          if (node.kind != exponential) g[node.second] += up * local(node, v, place, true);
        },
        zeros);
  };
  return {{"exp-twice", "gradients", with_exp_local([](double, double value) { return std::exp(value); }),
           tr("with exp taken once more: the node's value is the exponential already")},
          {"exp-of-operand-left", "gradients", with_exp_local([](double operand, double) { return operand; }),
           tr("with the operand of exp as its derivative, where exp itself belongs")},
          {"handed-on-too-early", "gradients", depth_first(graph, values),
           tr("with a gradient handed on before all users of the node have handed back theirs")},
          {"handed-on-by-every-path", "gradients", once_for_every_visit(graph, values),
           tr("with what has come in so far handed on again with every user that hands back")},
          {"same-node-once", "gradients", same_node_once(graph, values),
           tr("with one share handed back where both operands are the same node: each of the two counts")},
          {"begins-with-loss", "gradients", times(gradients_of(graph), values.back()),
           tr("begun with the value of L, where ∂L/∂L = 1 belongs")},
          {"first-to-last", "gradients", first_to_last(graph, values),
           tr("with the nodes taken from the first to the last: gradients come from behind")},
          {"upstream-left-out-at-mul", "gradients", without_upstream(graph, values, mul),
           tr("with the other factor alone handed back by a product: the upstream gradient is left out")},
          {"upstream-left-out-at-exp", "gradients", without_upstream(graph, values, exponential),
           tr("with the derivative of exp alone handed back: the upstream gradient is left out")},
          {"upstream-left-out-at-add", "gradients", without_upstream(graph, values, add),
           tr("with 1 handed back by a sum: the upstream gradient is left out")},
          {"upstream-left-out", "gradients", without_upstream(graph, values),
           tr("with the local derivatives only: the gradient of the user is left out")},
          {"overwritten", "gradients", pass(false, true, false, false, zeros),
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
  check.known_wrong = wrong_values(graph);
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
  std::vector<double> edges(graph.size()), twice_once(graph.size()), multiplied(graph.size());
  edges.back() = twice_once.back() = 1;
  for (std::size_t to = 0; to < graph.size(); ++to) multiplied[to] = product_paths(graph, to);
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
      {"paths-multiplied", "paths", multiplied,
       tr("with the paths of the two factors of a product multiplied: paths add, whatever the node computes")},
      {"same-node-once", "paths", twice_once, tr("with a + a counted as one path: the same node stands there twice")}};
  return check;
}

bool is_ready(const Node& node, const std::vector<bool>& placed) {
  return node.kind == input || (placed[node.first] && (node.kind == exponential || placed[node.second]));
}

bool first_is_ready(const Node& node, const std::vector<bool>& placed) {
  return node.kind == input || placed[node.first];
}

/// Of the nodes that are ready, always the one at the smallest place, or always at the largest.
using Ready = bool (*)(const Node& node, const std::vector<bool>& placed);
std::vector<double> order_by_place(const Graph& graph, bool largest, Ready ready = is_ready) {
  std::vector<double> order;
  std::vector<bool> placed(graph.size());
  while (order.size() < graph.size())
    for (std::size_t i = 0; i < graph.size(); ++i) {
      const std::size_t next = largest ? graph.size() - 1 - i : i;
      if (placed[next] || !ready(graph[next], placed)) continue;
      placed[next] = true;
      order.push_back(static_cast<double>(next));
      break;
    }
  return order;
}

/// Again and again through the list, taking what is ready.
std::vector<double> order_in_rounds(const Graph& graph) {
  std::vector<double> order;
  std::vector<bool> placed(graph.size());
  while (order.size() < graph.size())
    for (std::size_t next = 0; next < graph.size(); ++next) {
      if (placed[next] || !is_ready(graph[next], placed)) continue;
      placed[next] = true;
      order.push_back(static_cast<double>(next));
    }
  return order;
}

/// In the order in which the nodes become ready: a queue.
std::vector<double> order_of_queue(const Graph& graph) {
  std::vector<double> order;
  std::vector<bool> placed(graph.size()), queued(graph.size());
  std::vector<std::size_t> queue;
  const auto look = [&] {
    for (std::size_t place = 0; place < graph.size(); ++place)
      if (!queued[place] && is_ready(graph[place], placed)) {
        queued[place] = true;
        queue.push_back(place);
      }
  };
  look();
  for (std::size_t at = 0; at < queue.size(); ++at) {
    placed[queue[at]] = true;
    order.push_back(static_cast<double>(queue[at]));
    look();
  }
  return order;
}

/// A node behind its operands, from the loss down.
std::vector<double> order_depth_first(const Graph& graph, std::size_t loss) {
  std::vector<double> order;
  std::vector<bool> placed(graph.size());
  const std::function<void(std::size_t)> place_below = [&](std::size_t place) {
    if (placed[place]) return;
    if (graph[place].kind != input) place_below(graph[place].first);
    if (graph[place].kind == add || graph[place].kind == mul) place_below(graph[place].second);
    placed[place] = true;
    order.push_back(static_cast<double>(place));
  };
  place_below(loss);
  return order;
}

/// The same graph with its nodes in another order, and the order that puts it right.
Check order_check(const std::string& id, const Graph& graph, const std::vector<std::size_t>& place_of) {
  Graph shuffled(graph.size(), Node{input, 0, 0, 0});
  for (std::size_t node = 0; node < graph.size(); ++node)
    shuffled[place_of[node]] = {graph[node].kind, place_of[graph[node].first], place_of[graph[node].second],
                                graph[node].value};
  std::vector<double> as_it_is;
  for (std::size_t place = 0; place < graph.size(); ++place) as_it_is.push_back(static_cast<double>(place));
  const std::vector<double> order = order_by_place(shuffled, false);
  Check check = check_of(id, "order", shuffled, inputs_of(shuffled), "order", "order", order);
  check.known_wrong = {{"order-as-it-is", "order", as_it_is,
                        tr("with the nodes as the list has them: some stand before what they need")},
                       {"order-reversed",
                        "order",
                        {order.rbegin(), order.rend()},
                        tr("with the first node last: L comes at the end, not at the beginning")},
                       {"order-largest-place", "order", order_by_place(shuffled, true),
                        tr("with the largest place of those that could come next, where the smallest is asked for")},
                       {"order-first-operand-only", "order", order_by_place(shuffled, false, first_is_ready),
                        tr("with the first operand waited for, and not the second")},
                       {"order-in-rounds", "order", order_in_rounds(shuffled),
                        tr("with the search going on behind the node that was placed: it begins at place 0 again")},
                       {"order-queue", "order", order_of_queue(shuffled),
                        tr("with the nodes as they became ready, where the smallest place is asked for")},
                       {"order-depth-first", "order", order_depth_first(shuffled, place_of.back()),
                        tr("with every node right behind its operands, where the smallest place is asked for")}};
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
          order_check("order", both, {4, 1, 6, 2, 0, 5, 3}),
          order_check("order-two-products", two_products(draw), {5, 6, 7, 4, 3, 0, 8, 1, 2}),
          paths_check("paths-reuse", twice),
          paths_check("paths-diamond", both),
          paths_check("paths-random", any)};
}

}  // namespace gradwalk::harness
