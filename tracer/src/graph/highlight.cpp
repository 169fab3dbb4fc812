#include "graph/highlight.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/language.hpp"
#include "graph/ids.hpp"
#include "graph/levels.hpp"

namespace gradwalk::graph {

namespace {

constexpr double thinnest_path = 1.5, widest_path = 7;

/// Nodes that stand for the target, or for the tensor that it is in.
std::vector<std::size_t> nodes_of(const Graph& graph, const Record& record, const std::string& name) {
  const std::size_t bracket = name.find('[');
  const TensorId tensor = record.tensor(name.substr(0, bracket));
  const bool one = bracket != std::string::npos;
  const std::size_t index = one ? record.element(name).index : 0;
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const GraphNode& node = graph.nodes[i];
    if (node.tensor != tensor || node.beside || node.kind == NodeKind::folded) continue;
    if (node.kind == NodeKind::tensor || node.kind == NodeKind::layer || !one || node.index == index)
      found.push_back(i);
  }
  return found;
}

}  // namespace

void light_paths(Graph& graph, const Record& record, const std::string& name) {
  const std::vector<std::size_t> targets = nodes_of(graph, record, name);
  if (targets.empty())
    throw InputError(
        tr("{name} is not drawn at this level or in these rows: choose others, or --all", fmt::arg("name", name)));

  // Backward edges are listed from the loss on, so one sweep gives Σ|products| from the loss to every node, and one the
  // other way those from every node to the target. An edge without a local derivative passes on what it gets.
  std::vector<double> above(graph.nodes.size()), below(graph.nodes.size());
  if (const auto seed = graph.find("seed")) above[*seed] = 1;
  for (std::size_t target : targets) below[target] = 1;
  const auto weight = [](const GraphEdge& edge) {
    const double local = std::abs(edge.local.value_or(1));
    return std::isfinite(local) ? local : 1.0;
  };
  std::vector<std::size_t> order;
  for (std::size_t e = 0; e < graph.edges.size(); ++e)
    if (graph.edges[e].kind == EdgeKind::backward) order.push_back(e);
  // The seed first; then as the pass goes, and of one op what goes into a Σ before what comes out.
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const auto rank = [&](std::size_t e) {
      const GraphEdge& edge = graph.edges[e];
      const std::size_t op = edge.op.value_or(record.ops.size());
      return std::pair(record.ops.size() - op, graph.nodes[edge.from].kind == NodeKind::sum);
    };
    return rank(a) < rank(b);
  });
  std::vector<bool> reaches(graph.nodes.size());
  for (std::size_t target : targets) reaches[target] = true;
  for (std::size_t e : order) above[graph.edges[e].to] += above[graph.edges[e].from] * weight(graph.edges[e]);
  for (auto e = order.rbegin(); e != order.rend(); ++e) {
    const GraphEdge& edge = graph.edges[*e];
    below[edge.from] += below[edge.to] * weight(edge);
    if (reaches[edge.to]) reaches[edge.from] = true;
  }
  double all = 0;
  for (std::size_t target : targets) all += above[target];

  for (GraphEdge& edge : graph.edges) {
    if (edge.kind == EdgeKind::backward && reaches[edge.to]) {
      const double share = all > 0 ? std::min(1.0, above[edge.from] * weight(edge) * below[edge.to] / all) : 0;
      edge.lit = true;
      edge.tone = Tone::gradient;
      edge.width = thinnest_path + share * (widest_path - thinnest_path);
    } else if (edge.kind == EdgeKind::backward) {
      edge.tone = Tone::muted;
      edge.label.clear();
    } else {
      edge.tone = Tone::muted;
    }
  }
  for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    graph.nodes[i].lit = reaches[i] && graph.nodes[i].kind != NodeKind::seed;
}

void light_neurons(Graph& graph, const Record& record, const GraphOptions& options) {
  GraphOptions one_row;
  one_row.level = GraphLevel::scalar;
  one_row.rows = {drawn_rows(record, options).front()};
  one_row.highlight = options.highlight;
  one_row.all = true;
  const Graph scalars = unfinished_graph(record, one_row);

  std::map<std::string, double> by_weight;                         // id of an arrow
  std::map<std::pair<TensorId, std::size_t>, double> from_output;  // element that the loss reads
  std::set<std::pair<TensorId, std::size_t>> reached;
  for (const GraphNode& node : scalars.nodes)
    if (node.lit && node.kind == NodeKind::element) reached.emplace(*node.tensor, node.index);
  for (const GraphEdge& edge : scalars.edges) {
    if (!edge.lit || !edge.local) continue;
    const Op& op = record.ops[*edge.op];
    const GraphNode &z = scalars.nodes[edge.from], &to = scalars.nodes[edge.to];
    if (&op == &record.ops.back()) from_output[{*to.tensor, to.index}] = edge.width;
    if (op.kind != OpKind::linear || edge.slot > 1) continue;
    // The contribution to W[j,i] and the one to x[n,i] both go along the arrow of W[j,i].
    const Tensor& W = record[op.inputs[1]];
    const std::size_t out = W.shape[0], in = W.shape[1];
    const std::size_t weight = edge.slot == 1 ? to.index : z.index % out * in + to.index % in;
    double& width = by_weight[id_of(W.element_name(weight))];
    width = std::max(width, edge.width);
  }

  for (GraphNode& node : graph.nodes)
    node.lit = node.kind == NodeKind::neuron && reached.contains({*node.tensor, node.index});
  for (GraphEdge& edge : graph.edges) {
    const GraphNode& from = graph.nodes[edge.from];
    double width = 0;
    if (const auto weight = by_weight.find(edge.id); weight != by_weight.end())
      width = weight->second;
    else if (from.kind == NodeKind::sum)
      width = widest_path;
    else if (const auto output = from_output.find({from.tensor.value_or(0), from.index});
             output != from_output.end() && edge.op == record.ops.size() - 1)
      width = output->second;
    edge.lit = width > 0;
    edge.width = edge.lit ? width : thinnest_path / 2;
    if (edge.lit) continue;
    edge.tone = Tone::muted;
    edge.label.clear();
  }
}

}  // namespace gradwalk::graph
