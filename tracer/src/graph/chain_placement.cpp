#include <algorithm>

#include "graph/levels.hpp"
#include "graph/splines.hpp"
#include "graph/text_width.hpp"

namespace gradwalk::graph {

namespace {

// Distances in points. The main line is y = 0; parameters stand above it, what flows back along it runs below.
constexpr double gap = 20;             // between a box and the next operation
constexpr double parameter_rise = 96;  // from the main line's boxes up to the parameters: room for two labels
constexpr double label_drop = 14;

class ChainPlacement {
 public:
  ChainPlacement(Graph& graph, const Record& record) : graph_(graph), record_(record) {}

  void place() {
    place_main_line();
    place_above();
    for (GraphEdge& edge : graph_.edges) edge.kind == EdgeKind::forward ? route_forward(edge) : route_backward(edge);
    graph_.placed = true;
  }

 private:
  static constexpr double lane = 5;  // an arrow forward and the one back lie this far from their common line

  GraphNode& tensor(TensorId id) {
    for (GraphNode& node : graph_.nodes)
      if (node.kind == NodeKind::tensor && node.tensor == id) return node;
    return graph_.nodes.front();
  }
  GraphNode& op(std::size_t k) {
    for (GraphNode& node : graph_.nodes)
      if (node.kind == NodeKind::operation && node.op == k) return node;
    return graph_.nodes.front();
  }

  /// The widest label of what flows back out of op k.
  double label_width(std::size_t k, std::size_t slot) const {
    double width = 0;
    for (const GraphEdge& edge : graph_.edges)
      if (edge.kind == EdgeKind::backward && edge.op == k && edge.slot == slot)
        for (const std::string& line : edge.label) width = std::max(width, text_width(line, label_size));
    return width;
  }

  void place_main_line() {
    double right = 0;
    const auto put = [&](GraphNode& node, double left) {
      node.centre = {left + node.width / 2, 0};
      right = left + node.width;
      half_height_ = std::max(half_height_, node.height / 2);
    };
    put(tensor(record_.ops.front().inputs[0]), 0);
    for (std::size_t k = 0; k < record_.ops.size(); ++k) {
      const double input_centre = tensor(record_.ops[k].inputs[0]).centre.x;
      put(op(k), right + gap);
      GraphNode& output = tensor(record_.ops[k].output);
      // The label lies under the line between the centres of the input and the output.
      put(output, std::max(right + gap, input_centre + label_width(k, 0) + 14 - output.width / 2));
      GraphNode& operation = op(k);
      operation.centre.x =
          (input_centre + tensor(record_.ops[k].inputs[0]).width / 2 + output.centre.x - output.width / 2) / 2;
    }
  }

  /// Parameters side by side above their op, targets straight above theirs.
  void place_above() {
    const double base = half_height_ + parameter_rise;
    for (std::size_t k = 0; k < record_.ops.size(); ++k) {
      const Op& operation = record_.ops[k];
      double width = 0;
      for (std::size_t slot = 1; slot < operation.inputs.size(); ++slot)
        width += tensor(operation.inputs[slot]).width + (slot > 1 ? gap : 0);
      double left = op(k).centre.x - width / 2;
      for (std::size_t slot = 1; slot < operation.inputs.size(); ++slot) {
        GraphNode& node = tensor(operation.inputs[slot]);
        const double low = node.kind == NodeKind::tensor && node.dashed ? half_height_ + 24 : base;
        node.centre = {left + node.width / 2, low + node.height / 2};
        left += node.width + gap;
      }
    }
    for (GraphNode& node : graph_.nodes) {
      if (!node.beside) continue;
      const GraphNode& target = graph_.nodes[*node.beside];
      if (node.kind == NodeKind::sum)
        node.centre = {target.centre.x + side_of(target) * 12,
                       target.centre.y - target.height / 2 - 16 - node.height / 2};
      if (node.kind == NodeKind::seed) node.centre = {target.centre.x, -half_height_ - label_drop - node.height / 2};
    }
  }

  /// Where gradients go up: left of the arrow down in the left parameter, right of it in the right one.
  double side_of(const GraphNode& parameter) {
    for (std::size_t k = 0; k < record_.ops.size(); ++k)
      for (std::size_t slot = 1; slot < record_.ops[k].inputs.size(); ++slot)
        if (record_.ops[k].inputs[slot] == parameter.tensor) return parameter.centre.x < op(k).centre.x ? -1 : 1;
    return 1;
  }

  void route_forward(GraphEdge& edge) {
    const GraphNode &from = graph_.nodes[edge.from], &to = graph_.nodes[edge.to];
    if (is_above(from)) {
      const double side = from.dashed ? 0 : side_of(from);
      edge.spline = straight({from.centre.x - side * lane, bottom(from)}, {to.centre.x + side * 6, top(to)});
    } else {
      edge.spline = straight({right(from), lane}, {left(to), lane});
    }
  }

  void route_backward(GraphEdge& edge) {
    const GraphNode &from = graph_.nodes[edge.from], &to = graph_.nodes[edge.to];
    if (from.kind == NodeKind::seed) {
      edge.spline = straight({from.centre.x, top(from)}, {to.centre.x, bottom(to)});
    } else if (from.kind == NodeKind::sum) {
      edge.spline = straight({from.centre.x, top(from)}, {from.centre.x, bottom(to)});
    } else if (from.kind == NodeKind::tensor) {
      edge.spline = straight({left(from), -lane}, {right(to), -lane});
    } else if (to.kind == NodeKind::sum || is_above(to)) {
      const GraphNode& parameter = to.beside ? graph_.nodes[*to.beside] : to;
      const double side = side_of(parameter);
      const double offset = side * 16;
      const Point end{to.kind == NodeKind::sum ? to.centre.x : to.centre.x + side * lane, bottom(to)};
      edge.spline = straight({from.centre.x + offset, top(from)}, end);
      place_label_beside(edge, end, side);
    } else {
      const double run = -half_height_ - label_drop;
      edge.spline = around_corner({from.centre.x, bottom(from)}, run, {to.centre.x, bottom(to)});
      edge.label_centre = {(to.centre.x + from.centre.x) / 2,
                           run - 6 - label_line * static_cast<double>(edge.label.size()) / 2};
      // Its beginning stays under the beginning of the arrow.
      double width = 0;
      for (const std::string& line : edge.label) width = std::max(width, text_width(line, label_size));
      edge.label_centre.x = std::max(edge.label_centre.x, to.centre.x + width / 2 - 10);
    }
  }

  /// W's label to the left of its arrow and high, b's to the right and low: neighbours cannot meet.
  void place_label_beside(GraphEdge& edge, Point end, double side) {
    double width = 0;
    for (const std::string& line : edge.label) width = std::max(width, text_width(line, label_size));
    const double height = label_line * static_cast<double>(edge.label.size());
    const double y = side < 0 ? half_height_ + parameter_rise - 8 - height / 2 : half_height_ + 8 + height / 2;
    const Point start = edge.spline.front();
    const double along = (y - start.y) / (end.y - start.y);
    const double x = start.x + along * (end.x - start.x);
    edge.label_centre = {x + side * (width / 2 + 16), y};
  }

  bool is_above(const GraphNode& node) const { return node.centre.y > half_height_; }
  static double left(const GraphNode& n) { return n.centre.x - n.width / 2; }
  static double right(const GraphNode& n) { return n.centre.x + n.width / 2; }
  static double top(const GraphNode& n) { return n.centre.y + n.height / 2; }
  static double bottom(const GraphNode& n) { return n.centre.y - n.height / 2; }

  Graph& graph_;
  const Record& record_;
  double half_height_ = 0;  // of the main line
};

}  // namespace

void place_chain(Graph& graph, const Record& record) { ChainPlacement(graph, record).place(); }

}  // namespace gradwalk::graph
