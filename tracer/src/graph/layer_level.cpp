#include <fmt/format.h>

#include "gradwalk/tracer/language.hpp"
#include "graph/formulas.hpp"
#include "graph/ids.hpp"
#include "graph/levels.hpp"
#include "graph/node_text.hpp"
#include "graph/splines.hpp"
#include "graph/text_width.hpp"

namespace gradwalk::graph {

namespace {

constexpr double gap = 30;

/// A box for every op, the shapes of what goes from one to the next on the arrows, and how many parameters each has.
class LayerLevel {
 public:
  LayerLevel(const Record& record, const GraphOptions& options) : record_(record), options_(options) {}

  Graph build() {
    std::vector<std::size_t> node_of(record_.tensors.size(), absent);
    for (std::size_t k = 0; k < record_.ops.size(); ++k) {
      const Op& op = record_.ops[k];
      const std::size_t at = add_layer(k);
      for (std::size_t slot = 0; slot < op.inputs.size(); ++slot) {
        const TensorId id = op.inputs[slot];
        const Tensor& input = record_[id];
        if (input.role == Role::parameter) continue;
        if (node_of[id] == absent) node_of[id] = add_source(id);
        add_edges(node_of[id], at, k, slot, to_string(input.shape));
      }
      node_of[op.output] = at;
    }
    if (is_chain(record_)) place();
    return std::move(graph_);
  }

 private:
  static constexpr std::size_t absent = static_cast<std::size_t>(-1);

  std::size_t add_layer(std::size_t k) {
    const Op& op = record_.ops[k];
    GraphNode node{.id = fmt::format("layer{}_{}", k + 1, name_of(op.kind)), .kind = NodeKind::layer, .op = k};
    std::size_t parameters = 0;
    std::vector<std::string> shapes;
    for (TensorId id : op.inputs)
      if (record_[id].role == Role::parameter) {
        parameters += record_[id].size();
        shapes.push_back(record_[id].name + " " + to_string(record_[id].shape));
      }
    std::string name = operation_name(op.kind);
    if (op.kind == OpKind::linear) {
      const Shape& W = record_[op.inputs[1]].shape;
      name += fmt::format(" {} → {}", W[1], W[0]);
    }
    node.tone = parameters > 0 ? Tone::parameter : tone_of(record_, op.output);
    node.text.push_back({.cells = {name}, .tone = node.tone, .size = 14, .bold = true});
    for (const std::string& shape : shapes) node.text.push_back({.part = Part::note, .cells = {shape}, .size = 11});
    if (parameters > 0)
      node.text.push_back({.part = Part::note,
                           .cells = {trn("{n} parameter", "{n} parameters", parameters, fmt::arg("n", parameters))},
                           .tone = Tone::muted,
                           .size = 11});
    const Tensor& output = record_[op.output];
    if (output.shape.empty()) {
      node.tensor = op.output;
      node.value = value_of(output, 0);
      node.gradient = gradient_of(output, 0);
      node.text.push_back(
          {.part = Part::value, .cells = {output.name + " = " + shown(node.value, options_.digits)}, .size = 11});
    }
    fit_to_text(node);
    graph_.nodes.push_back(std::move(node));
    return graph_.nodes.size() - 1;
  }

  /// A tensor that no op computes: x, y, a variable.
  std::size_t add_source(TensorId id) {
    const Tensor& tensor = record_[id];
    GraphNode node{.id = id_of(tensor.name),
                   .group = tensor.name,
                   .kind = NodeKind::layer,
                   .tone = tone_of(record_, id),
                   .tensor = id};
    node.text.push_back({.cells = {tensor.role == Role::input    ? tr("input {name}", fmt::arg("name", tensor.name))
                                   : tensor.role == Role::target ? tr("target {name}", fmt::arg("name", tensor.name))
                                                                 : tensor.name},
                         .tone = node.tone,
                         .size = 14,
                         .bold = true});
    node.text.push_back(
        {.part = Part::note,
         .cells = {tensor.shape.empty() ? shown(value_of(tensor, 0), options_.digits) : to_string(tensor.shape)},
         .size = 11});
    node.dashed = tensor.role == Role::target || tensor.role == Role::constant;
    fit_to_text(node);
    graph_.nodes.push_back(std::move(node));
    return graph_.nodes.size() - 1;
  }

  void add_edges(std::size_t from, std::size_t to, std::size_t k, std::size_t slot, const std::string& shape) {
    GraphEdge edge{
        .id = edge_id(graph_.nodes[from].id, graph_.nodes[to].id), .from = from, .to = to, .op = k, .slot = slot};
    if (slot == 1 && record_.ops[k].inputs[0] == record_.ops[k].inputs[1]) edge.id += "_2";
    if (shape != "()") edge.label = {shape};
    edge.dashed = graph_.nodes[from].dashed;
    graph_.edges.push_back(std::move(edge));
  }

  /// In one line; targets under the loss.
  void place() {
    double right = 0, low = 0;
    for (std::size_t k = 0; k < record_.ops.size(); ++k) {
      for (const GraphEdge& edge : graph_.edges) {
        GraphNode& to = graph_.nodes[edge.to];
        if (to.op != k || edge.slot != 0) continue;
        GraphNode& from = graph_.nodes[edge.from];
        if (!from.op) {
          from.centre = {from.width / 2, 0};
          right = from.width;
        }
        const double space = edge.label.empty() ? gap : text_width(edge.label[0], label_size) + gap;
        to.centre = {right + space + to.width / 2, 0};
        right = to.centre.x + to.width / 2;
        low = std::min(low, -to.height / 2);
      }
    }
    for (GraphEdge& edge : graph_.edges) {
      GraphNode &from = graph_.nodes[edge.from], &to = graph_.nodes[edge.to];
      if (edge.slot > 0) {
        from.centre = {to.centre.x, low - 34 - from.height / 2};
        edge.spline =
            straight({from.centre.x, from.centre.y + from.height / 2}, {to.centre.x, to.centre.y - to.height / 2});
        edge.label_centre = {from.centre.x + 22, low - 17};
      } else {
        edge.spline = straight({from.centre.x + from.width / 2, 0}, {to.centre.x - to.width / 2, 0});
        edge.label_centre = {(edge.spline.front().x + edge.spline.back().x) / 2, 10};
      }
    }
    graph_.placed = true;
  }

  const Record& record_;
  const GraphOptions& options_;
  Graph graph_;
};

}  // namespace

Graph layer_level(const Record& record, const GraphOptions& options) { return LayerLevel(record, options).build(); }

}  // namespace gradwalk::graph
