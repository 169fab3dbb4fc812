#include "graph/network_placement.hpp"

#include <algorithm>
#include <map>

#include "graph/levels.hpp"
#include "graph/splines.hpp"

namespace gradwalk::graph {

namespace {

constexpr double block_gap = 18;
constexpr double bow = 10;       // how far an arrow from a weight rises above its row
constexpr double sum_drop = 12;  // a Σ hangs this far below its weight

class NetworkPlacement {
 public:
  NetworkPlacement(Graph& graph, const Record& record) : graph_(graph), record_(record), cells_(record.tensors.size()) {
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
      const GraphNode& node = graph_.nodes[i];
      if (node.tensor && !node.beside) cells_[*node.tensor].push_back(i);
      if (node.kind == NodeKind::element) {
        cell_.x = std::max(cell_.x, node.width + cell_gap);
        cell_.y = std::max(cell_.y, node.height + cell_gap + sum_drop + 8);
      }
    }
  }

  void place() {
    double x = place_column(record_.ops.front().inputs[0], 0);
    for (const Op& op : record_.ops) {
      if (op.kind == OpKind::linear) x = place_parameters(op, x + column_gap);
      const TensorId target = op.inputs.size() == 2 ? op.inputs[1] : op.output;
      if (record_[target].role == Role::target) place_targets(target, x);
      x = place_column(op.output, x + (op.kind == OpKind::linear ? 20 : column_gap));
    }
    for (GraphNode& node : graph_.nodes) place_beside(node);
    for (GraphEdge& edge : graph_.edges) {
      route(edge);
      // Side by side, labels would cover one another.
      if (edge.tooltip.empty() && !edge.label.empty()) edge.tooltip = edge.label.back();
      edge.label.clear();
    }
    graph_.placed = true;
  }

 private:
  static constexpr double cell_gap = 12, column_gap = 90;
  static constexpr double lane = 3;  // half the distance between an arrow and the one back

  /// Where feature j stands in its column: the drawn ones, the first on top; a folded node has a place among them.
  std::vector<std::size_t> features(TensorId id) const {
    std::vector<std::size_t> kept;
    const std::size_t width = record_[id].shape.empty() ? 1 : record_[id].shape.back();
    for (std::size_t i : cells_[id])
      if (graph_.nodes[i].kind == NodeKind::element) kept.push_back(graph_.nodes[i].index % width);
    std::sort(kept.begin(), kept.end());
    kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
    return kept;
  }

  static std::size_t place_of(const std::vector<std::size_t>& kept, std::size_t feature) {
    return static_cast<std::size_t>(std::lower_bound(kept.begin(), kept.end(), feature) - kept.begin());
  }

  /// One column from `left` on; the numbers of one feature stand together, one for each row of the batch. Returns where
  /// it ends.
  double place_column(TensorId id, double left) {
    const auto kept = features(id);
    const std::size_t width = record_[id].shape.empty() ? 1 : record_[id].shape.back();
    std::map<std::size_t, std::vector<std::size_t>> blocks;
    for (std::size_t i : cells_[id])
      if (graph_.nodes[i].kind == NodeKind::element) blocks[graph_.nodes[i].index % width].push_back(i);
    double height = 0;
    for (const auto& [feature, block] : blocks) height += static_cast<double>(block.size()) * cell_.y + block_gap;
    double y = height / 2;
    centre_of_[id].clear();
    for (const auto& [feature, block] : blocks) {
      const double top = y;
      for (std::size_t i : block) {
        graph_.nodes[i].centre = {left + cell_.x / 2, y - cell_.y / 2};
        y -= cell_.y;
      }
      centre_of_[id][feature] = (top + y) / 2;
      y -= block_gap;
    }
    place_folded(id, {left + cell_.x / 2, y - cell_.y / 2});
    return left + cell_.x;
  }

  /// W as the matrix that it is, and b after it; the rows as far apart as the features of z, which they make.
  double place_parameters(const Op& op, double left) {
    const auto outputs = features(op.output), inputs = features(op.inputs[1]);
    // The column of z is laid out first, to know the heights; its place is set again afterwards.
    place_column(op.output, left);
    const auto& heights = centre_of_[op.output];
    const std::size_t in = record_[op.inputs[1]].shape[1];
    const auto y_of = [&](std::size_t j) {
      const auto found = heights.find(j);
      return found == heights.end() ? 0.0 : found->second;
    };
    const double right = left + static_cast<double>(inputs.size()) * cell_.x;
    double low = 0;
    for (std::size_t i : cells_[op.inputs[1]]) {
      GraphNode& node = graph_.nodes[i];
      if (node.kind != NodeKind::element) continue;
      node.centre = {left + (static_cast<double>(place_of(inputs, node.index % in)) + 0.5) * cell_.x,
                     y_of(node.index / in)};
      low = std::min(low, node.centre.y);
    }
    for (std::size_t i : cells_[op.inputs[2]]) {
      GraphNode& node = graph_.nodes[i];
      if (node.kind == NodeKind::element) node.centre = {right + cell_.x / 2, y_of(node.index)};
    }
    place_folded(op.inputs[1], {(left + right) / 2, low - cell_.y});
    place_folded(op.inputs[2], {right + cell_.x / 2, low - cell_.y});
    return right + cell_.x;
  }

  void place_targets(TensorId id, double x) {
    double y = lowest_ - cell_.y;
    for (std::size_t i : cells_[id]) {
      graph_.nodes[i].centre = {x + column_gap / 2, y};
      y -= cell_.y;
    }
  }

  void place_folded(TensorId id, Point at) {
    for (std::size_t i : cells_[id])
      if (graph_.nodes[i].kind == NodeKind::folded) graph_.nodes[i].centre = at;
    for (std::size_t i : cells_[id]) lowest_ = std::min(lowest_, graph_.nodes[i].centre.y - graph_.nodes[i].height / 2);
  }

  void place_beside(GraphNode& node) {
    if (!node.beside) return;
    const GraphNode& target = graph_.nodes[*node.beside];
    if (node.kind == NodeKind::seed)
      node.centre = {target.centre.x + target.width / 2 + 24 + node.width / 2, target.centre.y};
    else if (is_parameter(target))
      node.centre = {target.centre.x, target.centre.y - target.height / 2 - sum_drop - node.height / 2 + 6};
    else
      node.centre = {target.centre.x + target.width / 2 + 10 + node.width / 2, target.centre.y - target.height / 4};
  }

  bool is_parameter(const GraphNode& node) const {
    return node.tensor && record_[*node.tensor].role == Role::parameter;
  }

  void route(GraphEdge& edge) {
    const GraphNode &from = graph_.nodes[edge.from], &to = graph_.nodes[edge.to];
    if (edge.kind == EdgeKind::forward) {
      edge.spline = is_parameter(from) ? bowed({from.centre.x, from.centre.y + from.height / 2},
                                               {to.centre.x - to.width / 2, to.centre.y + lane}, bow)
                                       : straight({from.centre.x + from.width / 2, from.centre.y + lane},
                                                  {to.centre.x - to.width / 2, to.centre.y + lane});
      return;
    }
    const bool to_parameter = is_parameter(to);
    if (to.kind == NodeKind::sum || to_parameter) {
      const Point start{from.centre.x - from.width / 2, from.centre.y - lane};
      edge.spline = to_parameter ? bowed(start, {to.centre.x, to.centre.y - to.height / 2}, -bow)
                                 : straight(start, {to.centre.x + to.width / 2, to.centre.y});
    } else if (from.kind == NodeKind::sum && is_parameter(from)) {
      edge.spline =
          straight({from.centre.x, from.centre.y + from.height / 2}, {to.centre.x, to.centre.y - to.height / 2});
    } else {
      const double y = from.kind == NodeKind::element ? -lane : 0;
      edge.spline =
          straight({from.centre.x - from.width / 2, from.centre.y + y},
                   {to.centre.x + to.width / 2, from.kind == NodeKind::element ? to.centre.y + y : from.centre.y});
    }
  }

  /// Away from the row at the end that is in it, so that the arrow does not lie behind the row's other boxes.
  static std::vector<Point> bowed(Point from, Point to, double rise) {
    const Point inner{from.x + (to.x - from.x) * 0.1, from.y + rise}, outer{to.x - (to.x - from.x) * 0.3, to.y + rise};
    return {from, inner, outer, to};
  }

  Graph& graph_;
  const Record& record_;
  std::vector<std::vector<std::size_t>> cells_;  // the nodes of each tensor
  Point cell_;                                   // room for one number
  std::map<TensorId, std::map<std::size_t, double>> centre_of_;
  double lowest_ = 0;
};

}  // namespace

void place_network(Graph& graph, const Record& record) { NetworkPlacement(graph, record).place(); }

}  // namespace gradwalk::graph
