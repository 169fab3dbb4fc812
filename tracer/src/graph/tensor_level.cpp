#include <fmt/format.h>

#include "gradwalk/nn/rules.hpp"
#include "graph/formulas.hpp"
#include "graph/ids.hpp"
#include "graph/levels.hpp"
#include "graph/node_text.hpp"

namespace gradwalk::graph {

namespace {

class TensorLevel {
 public:
  TensorLevel(const Record& record, const GraphOptions& options)
      : record_(record), options_(options), rows_(drawn_rows(record, options)), node_of_(record.tensors.size()) {}

  Graph build() {
    for (TensorId id = 0; id < record_.tensors.size(); ++id) add_tensor(id);
    for (std::size_t k = 0; k < record_.ops.size(); ++k) add_op(k);
    if (options_.backward) {
      add_seed();
      for (std::size_t k = record_.ops.size(); k-- > 0;) add_backward(k);
    }
    return std::move(graph_);
  }

 private:
  void add_tensor(TensorId id) {
    const Tensor& tensor = record_[id];
    GraphNode node{.id = id_of(tensor.name),
                   .group = tensor.name,
                   .kind = NodeKind::tensor,
                   .tone = tone_of(record_, id),
                   .tensor = id};
    node.text = tensor_text(record_, id, rows_, options_.digits, options_.backward);
    node.dashed = tensor.role == Role::target || tensor.role == Role::constant;
    if (tensor.shape.empty()) {
      node.value = value_of(tensor, 0);
      node.gradient = gradient_of(tensor, 0);
    }
    fit_to_text(node);
    node_of_[id] = push(std::move(node));
  }

  void add_op(std::size_t k) {
    const Op& op = record_.ops[k];
    GraphNode node{.id = fmt::format("op{}_{}", k + 1, name_of(op.kind)), .kind = NodeKind::operation, .op = k};
    node.text.push_back({.cells = {operation_name(op.kind)}, .size = 12, .bold = true});
    const bool scalars = record_[op.output].shape.empty() && record_[op.inputs[0]].shape.empty();
    if (scalars)
      node.text[0].size = 15;
    else
      node.text.push_back({.part = Part::note, .cells = {forward_rule(record_, op)}, .tone = Tone::ink, .size = 10});
    fit_to_text(node);
    if (scalars) node.width = node.height = std::max(node.width, node.height);
    const std::size_t at = push(std::move(node));
    op_nodes_.push_back(at);
    for (std::size_t slot = 0; slot < op.inputs.size(); ++slot) {
      const std::size_t input = node_of_[op.inputs[slot]];
      GraphEdge edge{
          .id = edge_id(graph_.nodes[input].id, graph_.nodes[at].id), .from = input, .to = at, .op = k, .slot = slot};
      if (slot == 1 && op.inputs[0] == op.inputs[1]) edge.id += "_2";  // b = a + a: each use is an edge
      edge.dashed = record_[op.inputs[slot]].role == Role::target;
      graph_.edges.push_back(std::move(edge));
    }
    const std::size_t output = node_of_[op.output];
    graph_.edges.push_back({.id = edge_id(graph_.nodes[at].id, graph_.nodes[output].id),
                            .from = at,
                            .to = output,
                            .op = k,
                            .slot = op.inputs.size()});
  }

  void add_seed() {
    const auto loss = loss_of(record_);
    if (!loss) return;
    const TensorId L = *loss;
    if (record_[L].gradient_state == GradientState::none) return;
    GraphNode seed{.id = "seed", .kind = NodeKind::seed, .tone = Tone::gradient, .beside = node_of_[L]};
    seed.text.push_back({.part = Part::gradient,
                         .cells = {derivative(record_[L].name, record_[L].name) + " = 1"},
                         .tone = Tone::gradient,
                         .size = 13,
                         .bold = true});
    fit_to_text(seed);
    const std::size_t at = push(std::move(seed));
    graph_.edges.push_back({.id = edge_id("seed", id_of(record_[L].name)),
                            .kind = EdgeKind::backward,
                            .from = at,
                            .to = node_of_[L],
                            .tone = Tone::gradient,
                            .dashed = true});
  }

  /// The forward edge from node `from` to node `to` that carries input `slot`.
  std::size_t forward_edge(std::size_t k, std::size_t slot) const {
    for (std::size_t e = 0; e < graph_.edges.size(); ++e)
      if (graph_.edges[e].kind == EdgeKind::forward && graph_.edges[e].op == k && graph_.edges[e].slot == slot)
        return e;
    return 0;
  }

  /// Uses of `id`, each of which sends a gradient back to it.
  std::size_t uses(TensorId id) const {
    std::size_t count = 0;
    for (const Op& op : record_.ops)
      for (TensorId input : op.inputs) count += input == id;
    return count;
  }

  void add_backward(std::size_t k) {
    const Op& op = record_.ops[k];
    const std::size_t at = op_nodes_[k], output = node_of_[op.output];
    GraphEdge up{.id = edge_id(graph_.nodes[output].id, graph_.nodes[at].id),
                 .kind = EdgeKind::backward,
                 .from = output,
                 .to = at,
                 .op = k,
                 .slot = op.inputs.size()};
    up.back = forward_edge(k, op.inputs.size());
    push_backward(std::move(up));
    for (std::size_t slot = 0; slot < op.inputs.size(); ++slot) {
      const TensorId input = op.inputs[slot];
      if (record_[input].gradient_state == GradientState::none) continue;
      GraphEdge down{.kind = EdgeKind::backward, .from = at, .to = node_of_[input], .op = k, .slot = slot};
      down.label = label(op, slot);
      if (record_[input].shape.empty() && record_[op.output].shape.empty()) add_numbers(down, op, slot);
      if (sums_over_batch(record_, op, slot) || uses(input) > 1) down.to = sum_node(input, k);
      down.id =
          edge_id(graph_.nodes[at].id, graph_.nodes[down.to].id) + (slot == 1 && input == op.inputs[0] ? "_2" : "");
      down.back = forward_edge(k, slot);
      push_backward(std::move(down));
    }
  }

  std::vector<std::string> label(const Op& op, std::size_t slot) const {
    std::vector<std::string> lines{chain_rule(record_, op, slot)};
    // The lesson writes Δx for what arrives at the input.
    if (record_[op.inputs[slot]].role == Role::input && !record_[op.inputs[slot]].shape.empty())
      lines[0] = "Δ" + record_[op.inputs[slot]].name + " = " + lines[0];
    if (const std::string rule = tensor_rule(record_, op, slot); !rule.empty()) lines.push_back(rule);
    return lines;
  }

  void add_numbers(GraphEdge& edge, const Op& op, std::size_t slot);

  /// The Σ in front of a tensor whose gradient is a sum: over the batch, or over several uses.
  std::size_t sum_node(TensorId id, std::size_t op) {
    const std::string name = "sum_" + id_of(record_[id].name);
    if (const auto there = graph_.find(name)) {
      // It hands on when the last op of the backward pass that sends it something has done so.
      for (GraphEdge& edge : graph_.edges)
        if (edge.from == *there) edge.op = op;
      return *there;
    }
    GraphNode sum{.id = name,
                  .group = record_[id].name,
                  .kind = NodeKind::sum,
                  .tone = Tone::gradient,
                  .tensor = id,
                  .beside = node_of_[id]};
    sum.text.push_back({.cells = {"Σ"}, .tone = Tone::gradient, .size = 12, .bold = true});
    if (record_[id].shape.empty()) sum.gradient = gradient_of(record_[id], 0);
    sum.width = sum.height = 20;
    const std::size_t at = push(std::move(sum));
    push_backward({.id = edge_id(name, id_of(record_[id].name)),
                   .kind = EdgeKind::backward,
                   .from = at,
                   .to = node_of_[id],
                   .op = op});
    return at;
  }

  void push_backward(GraphEdge edge) {
    edge.tone = Tone::gradient;
    edge.dashed = true;
    graph_.edges.push_back(std::move(edge));
  }

  std::size_t push(GraphNode node) {
    graph_.nodes.push_back(std::move(node));
    return graph_.nodes.size() - 1;
  }

  const Record& record_;
  const GraphOptions& options_;
  std::vector<std::size_t> rows_;
  std::vector<std::size_t> node_of_, op_nodes_;
  Graph graph_;
};

void TensorLevel::add_numbers(GraphEdge& edge, const Op& op, std::size_t slot) {
  for_each_output(record_, op, slot, 0, [&](std::size_t, double local) { edge.local = local; });
  const Quantity upstream = gradient_of(record_[op.output], 0);
  if (!edge.local || upstream.state != Quantity::State::known) return;
  edge.upstream = upstream.number;
  edge.contribution = *edge.upstream * *edge.local;
  edge.label.push_back(product_of(edge, options_.digits));
}

}  // namespace

Graph tensor_level(const Record& record, const GraphOptions& options) { return TensorLevel(record, options).build(); }

}  // namespace gradwalk::graph
