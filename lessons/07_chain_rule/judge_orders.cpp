// Of the judge: an order for the nodes, and the orders that are not asked for.
#include <functional>

#include "gradwalk/tracer/language.hpp"
#include "judge_graph.hpp"

namespace gradwalk::harness::lesson_07 {
namespace {

bool is_ready(const Node& node, const std::vector<bool>& placed) {
  return node.kind == input || (placed[node.first] && (node.kind == exponential || placed[node.second]));
}

bool first_is_ready(const Node& node, const std::vector<bool>& placed) {
  return node.kind == input || placed[node.first];
}

bool both_are_ready(const Node& node, const std::vector<bool>& placed) {
  return node.kind == input || (placed[node.first] && placed[node.second]);
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

/// A node behind its operands, from these nodes down.
std::vector<double> order_depth_first(const Graph& graph, const std::vector<double>& from) {
  std::vector<double> order;
  std::vector<bool> placed(graph.size());
  const std::function<void(std::size_t)> place_below = [&](std::size_t place) {
    if (placed[place]) return;
    if (graph[place].kind != input) place_below(graph[place].first);
    if (graph[place].kind == add || graph[place].kind == mul) place_below(graph[place].second);
    placed[place] = true;
    order.push_back(static_cast<double>(place));
  };
  for (const double place : from) place_below(static_cast<std::size_t>(place));
  return order;
}

}  // namespace

std::vector<double> right_order(const Graph& graph) { return order_by_place(graph, false); }

std::vector<KnownWrong> wrong_orders(const Graph& graph, std::size_t loss) {
  std::vector<double> as_it_is;
  for (std::size_t place = 0; place < graph.size(); ++place) as_it_is.push_back(static_cast<double>(place));
  const std::vector<double> order = right_order(graph);
  return {{"order-as-it-is", "order", as_it_is,
           tr("with the nodes as the list has them: some stand before what they need")},
          {"order-reversed",
           "order",
           {order.rbegin(), order.rend()},
           tr("with the first node last: L comes at the end, not at the beginning")},
          {"order-largest-place", "order", order_by_place(graph, true),
           tr("with the largest place of those that could come next, where the smallest is asked for")},
          {"order-first-operand-only", "order", order_by_place(graph, false, first_is_ready),
           tr("with the first operand waited for, and not the second")},
          {"order-second-of-exp", "order", order_by_place(graph, false, both_are_ready),
           tr("with `second` of an exp waited for: it has one operand")},
          {"order-in-rounds", "order", order_in_rounds(graph),
           tr("with the search going on behind the node that was placed: it begins at place 0 again")},
          {"order-queue", "order", order_of_queue(graph),
           tr("with the nodes as they became ready, where the smallest place is asked for")},
          {"order-depth-first", "order", order_depth_first(graph, {static_cast<double>(loss)}),
           tr("with every node right behind its operands, where the smallest place is asked for")},
          {"order-depth-first", "order", order_depth_first(graph, as_it_is),
           tr("with every node right behind its operands, where the smallest place is asked for")}};
}

}  // namespace gradwalk::harness::lesson_07
