// Of the judge: the ways to go wrong from L back to the inputs.
#include <cmath>
#include <functional>
#include <utility>

#include "gradwalk/tracer/language.hpp"
#include "judge_graph.hpp"

namespace gradwalk::harness::lesson_07 {
namespace {

/// What a user hands back to a node: its gradient times the local derivative.
using HandBack =
    std::function<void(std::vector<double>& gradients, const std::vector<double>& values, std::size_t place)>;

/// The reverse pass with one thing in it done in another way.
std::vector<double> reverse_pass(const Graph& graph, const HandBack& hand_back, std::vector<double> gradients,
                                 double seed = 1) {
  const std::vector<double> values = values_of(graph);
  gradients.back() = seed;
  for (std::size_t place = graph.size(); place-- > 0;)
    if (graph[place].kind != input) hand_back(gradients, values, place);
  return gradients;
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

/// The right pass, begun with other numbers in the gradients.
std::vector<double> begun_with(const Graph& graph, const std::vector<double>& gradients, double seed) {
  return reverse_pass(
      graph,
      [&](std::vector<double>& g, const std::vector<double>& values, std::size_t place) {
        hand_on(graph, values, g, place);
      },
      gradients, seed);
}

/// Nothing but the seed.
std::vector<double> last_only(std::vector<double> gradients) {
  gradients.back() = 1;
  return gradients;
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

/// a + a and b · b hand back once; or only those of one kind.
std::vector<double> same_node_once(const Graph& graph, int only = input) {
  return reverse_pass(
      graph,
      [&](std::vector<double>& gradients, const std::vector<double>& values, std::size_t place) {
        const Node& node = graph[place];
        const double up = gradients[place];
        gradients[node.first] += up * local(node, values, place, false);
        if (node.kind != exponential && (node.second != node.first || (only != input && node.kind != only)))
          gradients[node.second] += up * local(node, values, place, true);
      },
      std::vector<double>(graph.size()));
}

/// Nodes of one kind set the gradients of their operands, where they should add to them.
std::vector<double> overwritten_by(const Graph& graph, int kind) {
  return reverse_pass(
      graph,
      [&](std::vector<double>& gradients, const std::vector<double>& values, std::size_t place) {
        const Node& node = graph[place];
        const double up = gradients[place];
        for (const bool to_second : {false, true}) {
          if (to_second && node.kind == exponential) continue;
          double& gradient = gradients[to_second ? node.second : node.first];
          gradient = (node.kind == kind ? 0 : gradient) + up * local(node, values, place, to_second);
        }
      },
      std::vector<double>(graph.size()));
}

/// Nodes of one kind hand back to their first operand alone.
std::vector<double> first_only(const Graph& graph, int kind) {
  return reverse_pass(
      graph,
      [&](std::vector<double>& gradients, const std::vector<double>& values, std::size_t place) {
        const Node& node = graph[place];
        const double up = gradients[place];
        gradients[node.first] += up * local(node, values, place, false);
        if (node.kind != exponential && node.kind != kind)
          gradients[node.second] += up * local(node, values, place, true);
      },
      std::vector<double>(graph.size()));
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

}  // namespace

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
  return {{"exp-twice", "gradient", with_exp_local([](double, double value) { return std::exp(value); }),
           tr("with exp taken once more: the node's value is the exponential already")},
          {"exp-of-operand-left", "gradient", with_exp_local([](double operand, double) { return operand; }),
           tr("with the operand of exp as its derivative, where exp itself belongs")},
          {"handed-on-too-early", "gradient", depth_first(graph, values),
           tr("with a gradient handed on before all users of the node have handed back theirs")},
          {"handed-on-by-every-path", "gradient", once_for_every_visit(graph, values),
           tr("with what has come in so far handed on again with every user that hands back")},
          {"same-node-once", "gradient", same_node_once(graph),
           tr("with one share handed back where both operands are the same node: each of the two counts")},
          {"same-node-once-in-sums", "gradient", same_node_once(graph, add),
           tr("with one share handed back by a + a: the same node stands there twice, and each of the two counts")},
          {"same-node-once-in-products", "gradient", same_node_once(graph, mul),
           tr("with one share handed back by b · b: the same node stands there twice, and each of the two counts")},
          {"overwritten-by-sums", "gradient", overwritten_by(graph, add),
           tr("with = for += where a sum hands back: gradients add")},
          {"overwritten-by-products", "gradient", overwritten_by(graph, mul),
           tr("with = for += where a product hands back: gradients add")},
          {"overwritten-by-exp", "gradient", overwritten_by(graph, exponential),
           tr("with = for += where an exp hands back: gradients add")},
          {"begins-with-loss", "gradient", times(gradients_of(graph), values.back()),
           tr("begun with the value of L, where ∂L/∂L = 1 belongs")},
          {"first-to-last", "gradient", first_to_last(graph, values),
           tr("with the nodes taken from the first to the last: gradients come from behind")},
          {"upstream-left-out-at-mul", "gradient", without_upstream(graph, values, mul),
           tr("with the other factor alone handed back by a product: the upstream gradient is left out")},
          {"upstream-left-out-at-exp", "gradient", without_upstream(graph, values, exponential),
           tr("with the derivative of exp alone handed back: the upstream gradient is left out")},
          {"upstream-left-out-at-add", "gradient", without_upstream(graph, values, add),
           tr("with 1 handed back by a sum: the upstream gradient is left out")},
          {"upstream-left-out", "gradient", without_upstream(graph, values),
           tr("with the local derivatives only: the gradient of the user is left out")},
          {"overwritten", "gradient", pass(false, true, false, false, zeros),
           tr("with only what the last user hands back: = for +=, and gradients add")},
          {"second-left-out", "gradient", pass(true, false, false, false, zeros),
           tr("with nothing handed to the second operand")},
          {"second-left-out-of-sums", "gradient", first_only(graph, add),
           tr("with nothing handed to the second operand of a sum")},
          {"second-left-out-of-products", "gradient", first_only(graph, mul),
           tr("with nothing handed to the second operand of a product")},
          {"own-value-for-others", "gradient", pass(true, true, true, false, zeros),
           tr("with a node's own value as the local derivative of a product, where the other factor belongs")},
          {"exp-left-out", "gradient", pass(true, true, false, true, zeros),
           tr("with the local derivative of exp left out")},
          {"seed-added-to-old", "gradient", begun_with(graph, zeros, before.back() + 1),
           tr("with what stood in the last gradient before still in it: 1 is added to it, and it is not set to 0")},
          {"seed-added-to-old", "gradient", begun_with(graph, before, before.back() + 1),
           tr("with what stood in the gradients before still in it")},
          {"seed-left-out", "gradient", begun_with(graph, zeros, before.back()),
           tr("with what stood in the last gradient before in the place of the seed: ∂L/∂L = 1 belongs there")},
          {"last-node-skipped", "gradient", last_only(zeros),
           tr("with the last node left out: the loop begins one node too late, and nothing is handed back")},
          {"last-node-skipped", "gradient", last_only(before),
           tr("with the last node left out: the loop begins one node too late, and nothing is handed back")},
          {"not-reset", "gradient", pass(true, true, false, false, before),
           tr("with what stood in the gradients before still in it")}};
}

}  // namespace gradwalk::harness::lesson_07
