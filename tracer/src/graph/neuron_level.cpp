#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/rules.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"
#include "graph/folding.hpp"
#include "graph/formulas.hpp"
#include "graph/ids.hpp"
#include "graph/levels.hpp"
#include "graph/node_text.hpp"
#include "graph/splines.hpp"

namespace gradwalk::graph {

namespace {

constexpr double diameter = 62, row_gap = 18, column_gap = 150;
constexpr double thinnest_arrow = 0.7, widest_arrow = 4.5;
constexpr std::size_t most_in_a_column = 14;
// With so few arrows between two columns, each one's number is written on it.
constexpr std::size_t most_labelled = 12;

/// The circles of one column: the inputs, or what one linear op and the activation after it make.
struct Column {
  TensorId shown = 0;                // the tensor whose numbers stand in the circles: x, a1, …, p
  std::optional<std::size_t> op;     // the linear op
  std::vector<std::size_t> kept;     // features that are drawn
  std::vector<std::size_t> nodes{};  // of Graph::nodes, one for each of `kept`
};

class NeuronLevel {
 public:
  NeuronLevel(const Record& record, const GraphOptions& options)
      : record_(record), options_(options), rows_(drawn_rows(record, options)) {
    if (!is_chain(record) || linear_columns() < 2)
      throw InputError(tr("an expression has no neurons: draw it at --level scalar or tensor"));
  }

  Graph build() {
    for (Column& column : columns_) add_circles(column);
    for (std::size_t c = 1; c < columns_.size(); ++c) connect(columns_[c - 1], columns_[c]);
    add_loss();
    if (const std::size_t rows = record_[columns_.front().shown].shape[0]; rows > 1)
      graph_.notices.push_back(tr("in the circles: row {row} of {n}; --rows chooses another",
                                  fmt::arg("row", rows_.front()), fmt::arg("n", rows)));
    if (hidden_ > 0)
      graph_.notices.push_back(trn("{n} neuron is not drawn: --all draws it",
                                   "{n} neurons are not drawn: --all draws them", hidden_, fmt::arg("n", hidden_)));
    graph_.placed = true;
    return std::move(graph_);
  }

 private:
  /// Finds the columns; returns how many.
  std::size_t linear_columns() {
    columns_.push_back(column_of(record_.ops.front().inputs[0], std::nullopt));
    for (std::size_t k = 0; k < record_.ops.size(); ++k) {
      const Op& op = record_.ops[k];
      if (record_[op.output].shape.empty()) break;  // the loss
      if (op.kind == OpKind::linear)
        columns_.push_back(column_of(op.output, k));
      else
        columns_.back().shown = op.output;
    }
    return columns_.size();
  }

  Column column_of(TensorId id, std::optional<std::size_t> op) const {
    Column column{.shown = id, .op = op, .kept = {}};
    const std::size_t width = record_[id].shape.back();
    for (std::size_t j = 0; j < width; ++j)
      if (options_.all || width <= most_in_a_column || j < most_in_a_column / 2 || j + 1 == width)
        column.kept.push_back(j);
    return column;
  }

  double x_of(const Column& column) const {
    return static_cast<double>(&column - columns_.data()) * (diameter + column_gap);
  }

  void add_circles(Column& column) {
    const Tensor& tensor = record_[column.shown];
    const std::size_t width = tensor.shape[1], hidden = width - column.kept.size();
    const double places = static_cast<double>(column.kept.size() + (hidden > 0));
    double y = (places - 1) / 2 * (diameter + row_gap);
    for (std::size_t j : column.kept) {
      if (hidden > 0 && j + 1 == width) {
        add_folded(column, hidden, y);
        y -= diameter + row_gap;
      }
      column.nodes.push_back(add_circle(column, j, {x_of(column), y}));
      y -= diameter + row_gap;
    }
  }

  /// Name, and for one row of the batch the value and the gradient.
  std::size_t add_circle(const Column& column, std::size_t j, Point centre) {
    const Tensor& tensor = record_[column.shown];
    const std::size_t element = rows_.front() * tensor.shape[1] + j;
    GraphNode node{.id = id_of(fmt::format("{}[{}]", tensor.name, j)),
                   .group = tensor.name,
                   .kind = NodeKind::neuron,
                   .tone = tone_of(record_, column.shown),
                   .tensor = column.shown,
                   .index = element};
    node.text.push_back({.cells = {fmt::format("{}[{},{}]", tensor.name, rows_.front(), j)},
                         .tone = node.tone,
                         .size = 9,
                         .bold = true});
    node.value = value_of(tensor, element);
    node.text.push_back({.part = Part::value, .cells = {shown(node.value, options_.digits)}, .size = 10});
    if (options_.backward) {
      node.gradient = gradient_of(tensor, element);
      node.text.push_back({.part = Part::gradient,
                           .cells = {shown(node.gradient, options_.digits)},
                           .tone = Tone::gradient,
                           .size = 10,
                           .ruled = true});
    }
    node.width = node.height = diameter;
    node.centre = centre;
    return push(std::move(node));
  }

  void add_folded(const Column& column, std::size_t hidden, double y) {
    const Tensor& tensor = record_[column.shown];
    GraphNode node{.id = "more_" + id_of(tensor.name),
                   .group = tensor.name,
                   .kind = NodeKind::folded,
                   .tone = tone_of(record_, column.shown),
                   .tensor = column.shown,
                   .hidden = hidden};
    node.text.push_back(
        {.cells = {trn("⋮ {n} more", "⋮ {n} more", hidden, fmt::arg("n", hidden))}, .tone = node.tone, .size = 11});
    fit_to_text(node);
    node.centre = {x_of(column), y};
    hidden_ += hidden;
    push(std::move(node));
  }

  /// One arrow for each weight between two columns; by its colour, dash and width, the weight or its gradient.
  void connect(const Column& before, const Column& after) {
    const Op& op = record_.ops[*after.op];
    const Tensor &W = record_[op.inputs[1]], &b = record_[op.inputs[2]];
    const std::size_t in = W.shape[1];
    const bool by_gradient = options_.neuron_edges == NeuronEdges::gradient;
    const auto number = [&](std::size_t index) { return by_gradient ? gradient_of(W, index) : value_of(W, index); };
    double largest = 0;
    for (std::size_t j : after.kept)
      for (std::size_t i : before.kept) {
        const double size = std::abs(number(j * in + i).number);
        if (std::isfinite(size)) largest = std::max(largest, size);
      }
    for (std::size_t a = 0; a < after.nodes.size(); ++a)
      for (std::size_t c = 0; c < before.nodes.size(); ++c) {
        const std::size_t index = after.kept[a] * in + before.kept[c];
        const std::string name = W.element_name(index);
        GraphEdge edge{.id = id_of(name), .from = before.nodes[c], .to = after.nodes[a], .op = after.op, .slot = 1};
        const Quantity shown_number = number(index);
        edge.tone = shown_number.number < 0 ? Tone::negative : Tone::positive;
        edge.dashed = shown_number.number < 0;
        const double size = std::abs(shown_number.number);
        edge.width = std::isfinite(size) && largest > 0
                         ? thinnest_arrow + size / largest * (widest_arrow - thinnest_arrow)
                         : thinnest_arrow;
        edge.tooltip = fmt::format("{} = {}", name, shown(value_of(W, index), options_.digits));
        if (options_.backward)
          edge.tooltip += fmt::format(", {} = {}", derivative(record_[record_.loss()].name, name),
                                      shown(gradient_of(W, index), options_.digits));
        if (before.nodes.size() * after.nodes.size() <= most_labelled)
          edge.label = {shown(shown_number, options_.digits)};
        edge.spline = between(edge.from, edge.to);
        edge.label_centre =
            label_on(edge.spline, before.nodes.size() > 1 ? 0.28 + 0.12 * static_cast<double>(a % 3) : 0.4);
        graph_.edges.push_back(std::move(edge));
      }
    for (std::size_t a = 0; a < after.nodes.size(); ++a) {
      GraphNode& node = graph_.nodes[after.nodes[a]];
      node.tooltip =
          fmt::format("{} = {}", b.element_name(after.kept[a]), shown(value_of(b, after.kept[a]), options_.digits));
    }
  }

  std::vector<Point> between(std::size_t from, std::size_t to) const {
    const GraphNode &a = graph_.nodes[from], &b = graph_.nodes[to];
    return straight(on_rim(a, b.centre), on_rim(b, a.centre));
  }

  static Point on_rim(const GraphNode& node, Point towards) {
    const double dx = towards.x - node.centre.x, dy = towards.y - node.centre.y, length = std::hypot(dx, dy);
    return {node.centre.x + node.width / 2 * dx / length, node.centre.y + node.width / 2 * dy / length};
  }

  static Point label_on(const std::vector<Point>& line, double t) {
    const Point a = line.front(), b = line.back();
    return {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y) + 8};
  }

  /// The outputs of every row end in one loss: a Σ over the batch, then L.
  void add_loss() {
    const TensorId L = record_.loss();
    const Column& last = columns_.back();
    const Shape& shape = record_[last.shown].shape;
    double x = x_of(last) + diameter / 2 + 110;
    std::vector<std::size_t> from = last.nodes;
    if (shape[0] > 1) {
      GraphNode sum{.id = "sum_batch", .kind = NodeKind::sum, .tone = Tone::ink};
      sum.text.push_back({.cells = {fmt::format("Σ/{}", shape[0])}, .size = 12, .bold = true});
      sum.tooltip = trn("the mean over {n} row", "the mean over {n} rows", shape[0], fmt::arg("n", shape[0]));
      sum.width = sum.height = 40;
      sum.centre = {x, 0};
      const std::size_t at = push(std::move(sum));
      link(from, at);
      from = {at};
      x += 90;
    }
    GraphNode node{.id = id_of(record_[L].name),
                   .group = record_[L].name,
                   .kind = NodeKind::neuron,
                   .tone = Tone::loss,
                   .tensor = L};
    node.value = value_of(record_[L], 0);
    node.text = element_text(record_, {L, 0}, record_[L].name, options_.digits, options_.backward);
    if (options_.backward) node.gradient = gradient_of(record_[L], 0);
    node.width = node.height = diameter;
    node.centre = {x + diameter / 2, 0};
    link(from, push(std::move(node)));
  }

  void link(const std::vector<std::size_t>& from, std::size_t to) {
    for (std::size_t node : from)
      graph_.edges.push_back({.id = edge_id(graph_.nodes[node].id, graph_.nodes[to].id),
                              .from = node,
                              .to = to,
                              .op = record_.ops.size() - 1,
                              .spline = between(node, to)});
  }

  std::size_t push(GraphNode node) {
    graph_.nodes.push_back(std::move(node));
    return graph_.nodes.size() - 1;
  }

  const Record& record_;
  const GraphOptions& options_;
  std::vector<std::size_t> rows_;
  std::vector<Column> columns_;
  std::size_t hidden_ = 0;
  Graph graph_;
};

}  // namespace

Graph neuron_level(const Record& record, const GraphOptions& options) { return NeuronLevel(record, options).build(); }

}  // namespace gradwalk::graph
