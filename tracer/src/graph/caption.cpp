#include "graph/caption.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"
#include "graph/formulas.hpp"
#include "graph/levels.hpp"
#include "graph/moments.hpp"
#include "graph/node_text.hpp"
#include "graph/text_width.hpp"

namespace gradwalk::graph {

namespace {

constexpr double moment_size = 15;

/// Numbers of the linear ops, the first first.
std::vector<std::size_t> linear_ops(const Record& record) {
  std::vector<std::size_t> ops;
  for (std::size_t k = 0; k < record.ops.size(); ++k)
    if (record.ops[k].kind == OpKind::linear) ops.push_back(k);
  return ops;
}

TextRow product_row(const Record& record, std::size_t op, std::size_t shared) {
  const std::string& L = record[record.loss()].name;
  TextRow row{.part = Part::note,
              .cells = {derivative(L, record[record.ops[op].inputs[1]].name) + " ="},
              .tone = Tone::gradient,
              .size = 13};
  const auto factors = factors_down_to(record, op, 1);
  for (std::size_t i = 0; i < factors.size(); ++i) {
    if (i < shared) row.shaded.push_back(row.cells.size());
    row.cells.push_back(factors[i] + (i + 1 < factors.size() ? " ·" : ""));
  }
  return row;
}

/// What the signs mean, of those that are in the picture.
std::vector<std::string> legend(const Graph& graph, const GraphOptions& options, bool gradients) {
  std::vector<std::string> lines;
  const auto any_node = [&](NodeKind kind) {
    return std::any_of(graph.nodes.begin(), graph.nodes.end(), [&](const GraphNode& n) { return n.kind == kind; });
  };
  if (options.level == GraphLevel::layer) return lines;
  if (!options.highlight.empty())
    lines.push_back(tr("lit: the paths from the loss to {name} · the wider, the larger their share by |contribution|",
                       fmt::arg("name", options.highlight)));
  if (options.level == GraphLevel::neuron && !options.highlight.empty())
    lines.push_back(tr("arrow: weight · blue, solid: positive · orange, dashed: negative"));
  else if (options.level == GraphLevel::neuron)
    lines.push_back(options.neuron_edges == NeuronEdges::weight
                        ? tr("arrow: weight · blue, solid: positive · orange, dashed: negative · the wider, the larger")
                        : tr("arrow: gradient of the weight · blue, solid: positive · orange, dashed: negative · the "
                             "wider, the larger"));
  if (gradients) {
    std::string line = tr("solid: forward pass · dashed: backward pass");
    if (any_node(NodeKind::sum)) line += " · " + tr("Σ: contributions are added");
    lines.push_back(line);
  }
  if (options.backward)
    lines.push_back(options.level == GraphLevel::neuron ? tr("in a circle: the value, and below the line its gradient")
                                                        : tr("in a box: the value, and below the line its gradient"));
  for (const std::string& notice : graph.notices) lines.push_back(notice);
  return lines;
}

}  // namespace

void describe(Graph& graph, const Record& record, const GraphOptions& options) {
  const Provenance& p = record.provenance;
  std::string chain;
  for (const Op& op : record.ops)
    if (record.ops.size() <= 24) {
      const std::string rule = forward_rule(record, op);
      chain += fmt::format("{} = {}; ", record[op.output].name, rule.empty() ? operation_name(op.kind) : rule);
    }
  if (!loss_of(record)) {
    graph.title = graph.description = tr("Compute graph: {chain}", fmt::arg("chain", chain));
    return;
  }
  const Tensor& L = record[record.loss()];
  // Who hears the picture instead of seeing it learns no more than is drawn: before the end of the forward pass no
  // loss.
  const bool is_known = !options.moment || options.moment->forward >= record.ops.size();
  const std::string loss =
      fmt::format("{} = {}", L.name, is_known ? with_minus_sign(format_number(L.value[0], options.digits)) : "?");
  if (!p.expression.empty())
    graph.title = tr("Compute graph of {expression}", fmt::arg("expression", p.expression));
  else if (p.widths.empty())
    graph.title = tr("Compute graph: {chain}", fmt::arg("chain", chain));
  else
    graph.title = tr("Compute graph of a {widths} net, step {step}",
                     fmt::arg("widths", fmt::format("{}", fmt::join(p.widths, "-"))), fmt::arg("step", p.step));
  graph.description =
      tr("Forward: {chain}{loss}. Backward: from the seed {seed} = 1, each arrow carries upstream gradient × local "
         "derivative.",
         fmt::arg("chain", chain), fmt::arg("loss", loss), fmt::arg("seed", derivative(L.name, L.name)));
}

void mark_shared_prefix(Graph& graph, const Record& record) {
  const auto linear = linear_ops(record);
  if (linear.size() < 2 || !is_chain(record)) return;
  // Everything that flows back above the second linear op goes into both products.
  for (GraphEdge& edge : graph.edges) {
    if (edge.kind != EdgeKind::backward || !edge.op) continue;
    const Op& op = record.ops[*edge.op];
    const bool upstream = edge.slot == op.inputs.size();
    const bool to_parameter = !upstream && record[op.inputs[edge.slot]].role == Role::parameter;
    edge.shared = !to_parameter && (*edge.op > linear[1] || (*edge.op == linear[1] && upstream));
  }
}

void add_caption(Graph& graph, const Record& record, const GraphOptions& options) {
  double left = std::numeric_limits<double>::max(), bottom = left;
  for (const GraphNode& node : graph.nodes) {
    left = std::min(left, node.centre.x - node.width / 2);
    bottom = std::min(bottom, node.centre.y - node.height / 2);
  }
  for (const GraphEdge& edge : graph.edges)
    if (!edge.label.empty())
      bottom = std::min(bottom, edge.label_centre.y - 8.0 * static_cast<double>(edge.label.size()));

  GraphNode caption{.id = "caption", .kind = NodeKind::caption};
  if (options.moment)
    caption.text.push_back(
        {.part = Part::note, .cells = {moment_text(record, *options.moment)}, .size = moment_size, .bold = true});
  for (const GraphMark& mark : options.marks)
    caption.text.push_back({.part = Part::note, .cells = {"✗ " + mark.caption}, .tone = Tone::mistake, .size = 13});
  const auto linear = linear_ops(record);
  const bool gradients = std::any_of(graph.edges.begin(), graph.edges.end(),
                                     [](const GraphEdge& e) { return e.kind == EdgeKind::backward; });
  if (gradients && options.highlight.empty() && linear.size() >= 2 && is_chain(record)) {
    const std::size_t first = caption.text.size();
    const std::size_t shared = record.ops.size() - 1 - linear[1];
    for (std::size_t k = linear.size(); k-- > 0;)
      caption.text.push_back(product_row(record, linear[k], k <= 1 ? shared : 0));
    // Beside the product of W2, right of where the longest one ends.
    const std::size_t columns = caption.text.back().cells.size();
    std::vector<std::string>& cells = caption.text[first + linear.size() - 2].cells;
    cells.resize(columns);
    cells.push_back("← " + tr("the prefix that {W2} and {W1} share is computed once",
                              fmt::arg("W1", record[record.ops[linear[0]].inputs[1]].name),
                              fmt::arg("W2", record[record.ops[linear[1]].inputs[1]].name)));
  }
  for (const std::string& line : legend(graph, options, gradients))
    caption.text.push_back({.part = Part::note, .cells = {line}, .size = 11});
  if (caption.text.empty()) return;
  // Factors stand in columns; the last cell of a row takes the rest of the line.
  std::vector<double> columns;
  for (const TextRow& row : caption.text)
    for (std::size_t c = 0; c + 1 < row.cells.size(); ++c) {
      columns.resize(std::max(columns.size(), c + 1));
      columns[c] = std::max(columns[c], text_width(row.cells[c], row.size) + 5);
    }
  double width = 0, height = 0;
  for (const TextRow& row : caption.text) {
    double line = text_width(row.cells.back(), row.size) + 5;
    for (std::size_t c = 0; c + 1 < row.cells.size(); ++c) line += columns[c];
    width = std::max(width, line);
    height += row.size * 1.25 + 4;
  }
  // All frames are as wide as the widest.
  if (options.moment)
    for (const GraphMoment& moment : moments_of(record))
      width = std::max(width, text_width(moment_text(record, moment), moment_size, true) + 5);
  caption.width = width;
  caption.height = height;
  caption.centre = {left + width / 2, bottom - 14 - height / 2};
  graph.nodes.push_back(std::move(caption));
}

}  // namespace gradwalk::graph
