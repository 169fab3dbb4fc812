#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "gradwalk/nn/rules.hpp"
#include "gradwalk/tracer/language.hpp"
#include "graph/folding.hpp"
#include "graph/formulas.hpp"
#include "graph/ids.hpp"
#include "graph/levels.hpp"
#include "graph/node_text.hpp"

namespace gradwalk::graph {

namespace {

// With more arrows than this, their numbers would cover one another: they go into the tooltips.
constexpr std::size_t most_labelled_edges = 140;
// With so few, the fraction form stands above the numbers.
constexpr std::size_t most_edges_with_fractions = 16;

class ScalarLevel {
 public:
  ScalarLevel(const Record& record, const GraphOptions& options)
      : record_(record),
        options_(options),
        folding_(record, options, drawn_rows(record, options)),
        nodes_(record.tensors.size()) {}

  Graph build() {
    for (TensorId id = 0; id < record_.tensors.size(); ++id) add_elements(id);
    for (std::size_t k = 0; k < record_.ops.size(); ++k) add_forward(k);
    if (options_.backward) {
      add_seed();
      // From the loss back, as the pass goes.
      for (std::size_t k = record_.ops.size(); k-- > 0;) add_backward(k);
      join_at_sums();
      add_labels();
    }
    if (hidden_ > 0)
      graph_.notices.push_back(trn("{n} number is not drawn: --all draws it, --rows one row of the batch",
                                   "{n} numbers are not drawn: --all draws them, --rows one row of the batch", hidden_,
                                   fmt::arg("n", hidden_)));
    return std::move(graph_);
  }

 private:
  static constexpr std::size_t absent = static_cast<std::size_t>(-1);

  void add_elements(TensorId id) {
    const Tensor& tensor = record_[id];
    nodes_[id].assign(tensor.size(), absent);
    std::size_t hidden = 0;
    const Op* op = record_.producer(id);
    for (std::size_t i = 0; i < tensor.size(); ++i) {
      if (!folding_.drawn(tensor, i)) {
        ++hidden;
        continue;
      }
      const std::string name = tensor.element_name(i);
      GraphNode node{.id = id_of(name),
                     .group = tensor.name,
                     .kind = NodeKind::element,
                     .tone = tone_of(record_, id),
                     .tensor = id,
                     .index = i};
      node.value = value_of(tensor, i);
      node.gradient = gradient_of(tensor, i);
      std::string heading = name;
      if (op && tensor.shape.empty() && record_[op->inputs[0]].shape.empty())
        heading += " = " + forward_rule(record_, *op);
      node.text = element_text(record_, {id, i}, heading, options_.digits, options_.backward);
      // A constant is its value.
      if (tensor.role == Role::constant) node.text.pop_back();
      node.dashed = tensor.role == Role::target || tensor.role == Role::constant;
      fit_to_text(node);
      nodes_[id][i] = push(std::move(node));
    }
    if (folding_.active() && hidden > 0) add_folded(id, hidden);
  }

  /// Stands for the numbers of a tensor that are not drawn.
  void add_folded(TensorId id, std::size_t hidden) {
    const Tensor& tensor = record_[id];
    GraphNode node{.id = "more_" + id_of(tensor.name),
                   .group = tensor.name,
                   .kind = NodeKind::folded,
                   .tone = tone_of(record_, id),
                   .tensor = id,
                   .hidden = hidden};
    node.text.push_back({.cells = {trn("⋮ {n} more of {name}", "⋮ {n} more of {name}", hidden, fmt::arg("n", hidden),
                                       fmt::arg("name", tensor.name))},
                         .tone = node.tone,
                         .size = 11});
    fit_to_text(node);
    push(std::move(node));
    hidden_ += hidden;
  }

  /// Calls visit(slot, index, local, input node, output node) for every pair of drawn numbers that op k connects.
  template <class Visit>
  void for_each_pair(std::size_t k, Visit visit) const {
    const Op& op = record_.ops[k];
    for (std::size_t out = 0; out < record_[op.output].size(); ++out) {
      const std::size_t to = nodes_[op.output][out];
      if (to == absent) continue;
      for_each_input(record_, op, out, [&](std::size_t slot, std::size_t index, double local) {
        const std::size_t from = nodes_[op.inputs[slot]][index];
        if (from != absent) visit(slot, index, local, from, to);
      });
    }
  }

  std::string id_between(std::size_t from, std::size_t to, const Op& op, std::size_t slot) const {
    const bool again = slot == 1 && op.inputs[0] == op.inputs[1];  // b = a + a: each use is an edge
    return edge_id(graph_.nodes[from].id, graph_.nodes[to].id) + (again ? "_2" : "");
  }

  void add_forward(std::size_t k) {
    const Op& op = record_.ops[k];
    first_edge_.push_back(graph_.edges.size());
    for_each_pair(k, [&](std::size_t slot, std::size_t, double, std::size_t from, std::size_t to) {
      graph_.edges.push_back({.id = id_between(from, to, op, slot), .from = from, .to = to, .op = k, .slot = slot});
    });
    add_target_edges(k);
  }

  /// Targets take part in the forward pass alone: y[n] goes into the loss.
  void add_target_edges(std::size_t k) {
    const Op& op = record_.ops[k];
    for (std::size_t slot = 0; slot < op.inputs.size(); ++slot) {
      if (record_[op.inputs[slot]].role != Role::target) continue;
      for (std::size_t from : nodes_[op.inputs[slot]])
        if (from != absent) {
          const std::size_t to = nodes_[op.output][0];
          graph_.edges.push_back(
              {.id = id_between(from, to, op, slot), .from = from, .to = to, .op = k, .slot = slot, .dashed = true});
        }
    }
  }

  void add_seed() {
    const TensorId L = record_.loss();
    const Tensor& loss = record_[L];
    if (loss.gradient_state == GradientState::none) return;
    GraphNode seed{.id = "seed", .kind = NodeKind::seed, .tone = Tone::gradient, .beside = nodes_[L][0]};
    seed.text.push_back({.part = Part::gradient,
                         .cells = {derivative(loss.name, loss.name) + " = 1"},
                         .tone = Tone::gradient,
                         .size = 12,
                         .bold = true});
    fit_to_text(seed);
    const std::size_t at = push(std::move(seed));
    graph_.edges.push_back({.id = edge_id("seed", graph_.nodes[nodes_[L][0]].id),
                            .kind = EdgeKind::backward,
                            .from = at,
                            .to = nodes_[L][0],
                            .tone = Tone::gradient,
                            .dashed = true});
  }

  void add_backward(std::size_t k) {
    const Op& op = record_.ops[k];
    std::size_t forward = first_edge_[k];
    for_each_pair(k, [&](std::size_t slot, std::size_t, double local, std::size_t from, std::size_t to) {
      const std::size_t back = forward++;
      if (record_[op.inputs[slot]].gradient_state == GradientState::none) return;
      GraphEdge edge{.id = id_between(to, from, op, slot),
                     .kind = EdgeKind::backward,
                     .from = to,
                     .to = from,
                     .op = k,
                     .slot = slot,
                     .back = back,
                     .local = local,
                     .tone = Tone::gradient,
                     .dashed = true};
      const Quantity& upstream = graph_.nodes[to].gradient;
      if (upstream.state == Quantity::State::known) {
        edge.upstream = upstream.number;
        edge.contribution = upstream.number * local;
      }
      graph_.edges.push_back(std::move(edge));
    });
  }

  /// A number that several contributions reach gets a Σ before it, which adds them.
  void join_at_sums() {
    std::vector<std::size_t> arrows(graph_.nodes.size()), sum(graph_.nodes.size(), absent);
    std::vector<double> drawn(graph_.nodes.size());
    for (const GraphEdge& edge : graph_.edges) {
      if (edge.kind != EdgeKind::backward) continue;
      ++arrows[edge.to];
      drawn[edge.to] += edge.contribution.value_or(0);
    }
    const std::size_t edges = graph_.edges.size(), nodes = graph_.nodes.size();
    for (std::size_t e = 0; e < edges; ++e) {
      const std::size_t target = graph_.edges[e].to;
      if (graph_.edges[e].kind != EdgeKind::backward || target >= nodes) continue;
      const std::size_t missing = undrawn_terms(target, arrows[target]);
      if (arrows[target] + missing < 2) continue;
      if (sum[target] == absent) {
        if (missing > 0) add_rest(target, missing, drawn[target]);
        sum[target] = add_sum(target);
      }
      graph_.edges[e].to = sum[target];
      // The Σ hands on when the last op of the backward pass that sends it something has done so.
      graph_.edges[arrow_from_[sum[target]]].op = graph_.edges[e].op;
    }
  }

  /// How many contributions come from numbers that are not drawn: other rows, folded ones.
  std::size_t undrawn_terms(std::size_t node, std::size_t drawn) const {
    if (options_.rows.empty() && !folding_.active()) return 0;
    const GraphNode& target = graph_.nodes[node];
    std::size_t all = 0;
    for (const Op& op : record_.ops)
      for (std::size_t slot = 0; slot < op.inputs.size(); ++slot)
        if (op.inputs[slot] == target.tensor)
          for_each_output(record_, op, slot, target.index, [&](std::size_t, double) { ++all; });
    return all - drawn;
  }

  std::size_t add_sum(std::size_t target) {
    GraphNode sum{.id = "sum_" + graph_.nodes[target].id,
                  .group = graph_.nodes[target].group,
                  .kind = NodeKind::sum,
                  .tone = Tone::gradient,
                  .beside = target};
    sum.tensor = graph_.nodes[target].tensor;
    sum.index = graph_.nodes[target].index;
    sum.gradient = graph_.nodes[target].gradient;
    sum.text.push_back({.cells = {"Σ"}, .tone = Tone::gradient, .size = 11, .bold = true});
    sum.width = sum.height = 18;
    const std::string id = sum.id;
    const std::size_t at = push(std::move(sum));
    arrow_from_[at] = graph_.edges.size();
    graph_.edges.push_back({.id = edge_id(id, graph_.nodes[target].id),
                            .kind = EdgeKind::backward,
                            .from = at,
                            .to = target,
                            .tone = Tone::gradient,
                            .dashed = true});
    return at;
  }

  void add_rest(std::size_t target, std::size_t missing, double drawn);
  void add_labels();

  std::size_t push(GraphNode node) {
    graph_.nodes.push_back(std::move(node));
    return graph_.nodes.size() - 1;
  }

  const Record& record_;
  const GraphOptions& options_;
  Folding folding_;
  std::vector<std::vector<std::size_t>> nodes_;    // of each tensor's elements
  std::vector<std::size_t> first_edge_;            // of each op
  std::map<std::size_t, std::size_t> arrow_from_;  // of each Σ
  std::size_t hidden_ = 0;
  Graph graph_;
};

/// What the contributions that are not drawn add, said in the box of their target.
void ScalarLevel::add_rest(std::size_t target, std::size_t missing, double drawn) {
  GraphNode& node = graph_.nodes[target];
  if (node.gradient.state != Quantity::State::known) return;
  const std::string rest = shown({Quantity::State::known, node.gradient.number - drawn}, options_.digits);
  node.text.push_back({.part = Part::gradient,
                       .cells = {trn("not drawn: {rest}, {n} term", "not drawn: {rest}, {n} terms", missing,
                                     fmt::arg("rest", rest), fmt::arg("n", missing))},
                       .tone = Tone::gradient,
                       .size = 9});
  fit_to_text(node);
}

void ScalarLevel::add_labels() {
  std::size_t terms = 0;
  for (const GraphEdge& edge : graph_.edges) terms += edge.local.has_value();
  for (GraphEdge& edge : graph_.edges) {
    if (!edge.local) continue;
    const GraphNode& target =
        graph_.nodes[graph_.nodes[edge.to].kind == NodeKind::sum ? *graph_.nodes[edge.to].beside : edge.to];
    const std::string from = record_.name_of({*graph_.nodes[edge.from].tensor, graph_.nodes[edge.from].index});
    const std::string to = record_.name_of({*target.tensor, target.index});
    const std::string& L = record_[record_.loss()].name;
    std::vector<std::string> lines{fmt::format("{} · {}", derivative(L, from), derivative(from, to))};
    if (edge.contribution) lines.push_back(product_of(edge, options_.digits));
    if (terms <= most_edges_with_fractions) {
      edge.label = lines;
    } else {
      edge.tooltip = fmt::format("{}", fmt::join(lines, " = "));
      if (terms <= most_labelled_edges && edge.contribution) edge.label = {lines.back()};
    }
  }
}

}  // namespace

Graph scalar_level(const Record& record, const GraphOptions& options) { return ScalarLevel(record, options).build(); }

}  // namespace gradwalk::graph
