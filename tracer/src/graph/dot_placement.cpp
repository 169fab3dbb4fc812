#include "graph/dot_placement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "graph/graphviz.hpp"
#include "graph/splines.hpp"
#include "graph/text_width.hpp"

namespace gradwalk::graph {

namespace {

constexpr double points_per_inch = 72;
constexpr double lane = 8;        // between an edge and the one back
constexpr double sum_space = 34;  // right of a box, for its Σ and the arrow between
constexpr double label_size = 12, label_line = 15;

class DotPlacement {
 public:
  explicit DotPlacement(Graph& graph) : graph_(graph), has_sum_(graph.nodes.size()) {
    for (const GraphNode& node : graph_.nodes)
      if (node.kind == NodeKind::sum && node.beside) has_sum_[*node.beside] = true;
  }

  void place() {
    read(nlohmann::json::parse(run_dot({skeleton()}, "json0").front()));
    for (GraphNode& node : graph_.nodes) place_beside(node);
    for (GraphEdge& edge : graph_.edges)
      if (edge.kind == EdgeKind::backward) route_back(edge);
    graph_.placed = true;
  }

 private:
  /// Boxes and forward edges alone, numbered; a Σ widens its box.
  std::string skeleton() const {
    std::string dot =
        "digraph { graph [rankdir=LR, ordering=out, nodesep=0.4, ranksep=0.45]\nnode [shape=box, fixedsize=true, "
        "label=\"\"]\n";
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
      const GraphNode& node = graph_.nodes[i];
      if (node.beside || node.kind == NodeKind::caption) continue;
      dot += fmt::format("{} [width={:.3f}, height={:.3f}]\n", i,
                         (node.width + (has_sum_[i] ? sum_space : 0)) / points_per_inch,
                         (node.height + 6) / points_per_inch);
    }
    std::vector<const GraphEdge*> back(graph_.edges.size());
    for (const GraphEdge& edge : graph_.edges)
      if (edge.back) back[*edge.back] = &edge;
    for (std::size_t e = 0; e < graph_.edges.size(); ++e) {
      const GraphEdge& edge = graph_.edges[e];
      if (edge.kind != EdgeKind::forward) continue;
      std::string label;
      if (back[e] && !back[e]->label.empty()) {
        double width = 0;
        for (const std::string& line : back[e]->label) width = std::max(width, text_width(line, label_size, true));
        label = fmt::format(
            ", label=<<TABLE BORDER=\"0\" FIXEDSIZE=\"TRUE\" WIDTH=\"{:.0f}\" "
            "HEIGHT=\"{:.0f}\"><TR><TD></TD></TR></TABLE>>",
            width + 4, label_line * static_cast<double>(back[e]->label.size()) + lane);
      }
      dot += fmt::format("{} -> {} [id={}{}]\n", edge.from, edge.to, e, label);
    }
    return dot + "}\n";
  }

  void read(const nlohmann::json& layout) {
    for (const auto& object : layout.value("objects", nlohmann::json::array())) {
      if (!object.contains("pos")) continue;
      const std::size_t i = std::stoul(object.at("name").get<std::string>());
      GraphNode& node = graph_.nodes[i];
      node.centre = point(object.at("pos").get<std::string>());
      if (has_sum_[i]) node.centre.x -= sum_space / 2;
    }
    for (const auto& item : layout.value("edges", nlohmann::json::array())) {
      GraphEdge& edge = graph_.edges[std::stoul(item.at("id").get<std::string>())];
      edge.spline = spline(item.at("pos").get<std::string>());
      if (item.contains("lp")) edge.label_centre = point(item.at("lp").get<std::string>());
      // It begins at the box, not at the room for the Σ.
      const GraphNode& from = graph_.nodes[edge.from];
      if (has_sum_[edge.from])
        edge.spline.insert(edge.spline.begin(), 3, edge.spline.front()),
            edge.spline.front() = {from.centre.x + from.width / 2, from.centre.y};
    }
  }

  static Point point(const std::string& text) {
    Point p;
    char comma = 0;
    std::istringstream(text) >> p.x >> comma >> p.y;
    return p;
  }

  /// "e,x,y x,y x,y …": the arrowhead's end first.
  static std::vector<Point> spline(const std::string& text) {
    std::vector<Point> points;
    std::optional<Point> end;
    std::istringstream words(text);
    for (std::string word; words >> word;) {
      if (word.starts_with("e,"))
        end = point(word.substr(2));
      else
        points.push_back(point(word));
    }
    if (end) points.back() = *end;
    return points;
  }

  void place_beside(GraphNode& node) {
    if (!node.beside) return;
    const GraphNode& target = graph_.nodes[*node.beside];
    const double right = target.centre.x + target.width / 2;
    if (node.kind == NodeKind::sum) node.centre = {right + 14 + node.width / 2, target.centre.y - lane - 6};
    if (node.kind == NodeKind::seed) node.centre = {right + 26 + node.width / 2, target.centre.y - lane};
  }

  void route_back(GraphEdge& edge) {
    const GraphNode &from = graph_.nodes[edge.from], &to = graph_.nodes[edge.to];
    if (!edge.back) {
      const double y = from.centre.y;
      edge.spline = straight({from.centre.x - from.width / 2, y}, {to.centre.x + to.width / 2, y});
      return;
    }
    const GraphEdge& forward = graph_.edges[*edge.back];
    edge.spline = back_beside(forward.spline, -lane);
    if (to.kind == NodeKind::sum) edge.spline.back() = {to.centre.x + to.width / 2, to.centre.y};
    edge.label_centre = {forward.label_centre.x, forward.label_centre.y - lane / 2};
  }

  Graph& graph_;
  std::vector<bool> has_sum_;
};

}  // namespace

void place_by_dot(Graph& graph) { DotPlacement(graph).place(); }

}  // namespace gradwalk::graph
