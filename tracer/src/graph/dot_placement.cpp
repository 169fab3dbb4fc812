#include "graph/dot_placement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "graph/graphviz.hpp"
#include "graph/splines.hpp"
#include "graph/text_width.hpp"

namespace gradwalk::graph {

namespace {

struct LabelSize {
  double width = 0, height = 0;
};

LabelSize size_of(const std::vector<std::string>& lines) {
  LabelSize size{0, label_line * static_cast<double>(lines.size())};
  for (const std::string& line : lines) size.width = std::max(size.width, text_width(line, label_size, true));
  return size;
}

class DotPlacement {
 public:
  explicit DotPlacement(Graph& graph) : graph_(graph), back_(graph.edges.size()) {
    for (std::size_t e = 0; e < graph_.edges.size(); ++e)
      if (graph_.edges[e].back) back_[*graph_.edges[e].back] = e;
  }

  void place() {
    read(nlohmann::json::parse(run_dot({skeleton()}, "json0").front()));
    for (GraphNode& node : graph_.nodes) place_beside(node);
    route_forward();
    for (GraphEdge& edge : graph_.edges)
      if (edge.kind == EdgeKind::backward) route_back(edge);
    graph_.placed = true;
  }

 private:
  static constexpr double lane = 8;  // an arrow back runs this far below the arrow forward

  /// Boxes and forward edges alone, numbered, each edge with the label of the one back.
  std::string skeleton() const {
    const bool sums = std::any_of(graph_.nodes.begin(), graph_.nodes.end(),
                                  [](const GraphNode& node) { return node.kind == NodeKind::sum; });
    std::string dot = fmt::format(
        "digraph {{ graph [rankdir=LR, ordering=out, nodesep=0.35, ranksep={}]\n"
        "node [shape=box, fixedsize=true, label=\"\"]\n",
        sums ? 1.0 : 0.7);
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
      const GraphNode& node = graph_.nodes[i];
      if (node.beside) continue;
      dot += fmt::format("{} [width={:.3f}, height={:.3f}]\n", i, node.width / points_per_inch,
                         (node.height + 6) / points_per_inch);
    }
    for (std::size_t e = 0; e < graph_.edges.size(); ++e) {
      const GraphEdge& edge = graph_.edges[e];
      if (edge.kind != EdgeKind::forward) continue;
      std::string label;
      if (labelled(e)) {
        const LabelSize size = label_size_of(e);
        label = fmt::format(
            ", label=<<TABLE BORDER=\"0\" FIXEDSIZE=\"TRUE\" WIDTH=\"{:.0f}\" "
            "HEIGHT=\"{:.0f}\"><TR><TD></TD></TR></TABLE>>",
            size.width + 4, size.height + 2 * lane);
      }
      dot += fmt::format("{} -> {} [id={}{}]\n", edge.from, edge.to, e, label);
    }
    return dot + "}\n";
  }

  bool labelled(std::size_t forward) const { return back_[forward] && !graph_.edges[*back_[forward]].label.empty(); }
  LabelSize label_size_of(std::size_t forward) const { return size_of(graph_.edges[*back_[forward]].label); }

  void read(const nlohmann::json& layout) {
    for (const auto& object : layout.value("objects", nlohmann::json::array()))
      graph_.nodes[std::stoul(object.at("name").get<std::string>())].centre =
          point(object.at("pos").get<std::string>());
    for (const auto& item : layout.value("edges", nlohmann::json::array())) {
      GraphEdge& edge = graph_.edges[std::stoul(item.at("id").get<std::string>())];
      edge.spline = spline(item.at("pos").get<std::string>());
      if (item.contains("lp")) edge.label_centre = point(item.at("lp").get<std::string>());
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
    if (node.kind == NodeKind::sum)
      node.centre = {right + 13 + node.width / 2, target.centre.y - lane - 6};
    else
      node.centre = {right + 26 + node.width / 2, target.centre.y - lane};
  }

  /// Out of the right side, level below the label, into the left side. Where that would cross a box, the curve stays as
  /// `dot` has it.
  void route_forward() {
    std::map<std::size_t, std::vector<std::size_t>> out, in;
    for (std::size_t e = 0; e < graph_.edges.size(); ++e)
      if (graph_.edges[e].kind == EdgeKind::forward) {
        out[graph_.edges[e].from].push_back(e);
        in[graph_.edges[e].to].push_back(e);
      }
    std::vector<double> leaves(graph_.edges.size()), enters(graph_.edges.size());
    for (auto& [node, edges] : out) spread(node, edges, leaves);
    for (auto& [node, edges] : in) spread(node, edges, enters);
    for (std::size_t e = 0; e < graph_.edges.size(); ++e) {
      GraphEdge& edge = graph_.edges[e];
      if (edge.kind != EdgeKind::forward) continue;
      const GraphNode &from = graph_.nodes[edge.from], &to = graph_.nodes[edge.to];
      std::vector<Point> level{{from.centre.x + from.width / 2, leaves[e]}};
      if (labelled(e)) {
        const LabelSize size = label_size_of(e);
        const double y = edge.label_centre.y - size.height / 2;
        edge.label_centre.y += lane / 2;
        append_level(level, {edge.label_centre.x - size.width / 2, y});
        append_level(level, {edge.label_centre.x + size.width / 2, y});
      }
      append_level(level, {to.centre.x - to.width / 2, enters[e]});
      if (is_free(level, edge)) edge.spline = std::move(level);
    }
  }

  /// Heights at the side of a box for its edges, in the order in which these go up and down.
  void spread(std::size_t node, std::vector<std::size_t>& edges, std::vector<double>& heights) const {
    const auto height_of = [&](std::size_t e) {
      const GraphEdge& edge = graph_.edges[e];
      return labelled(e) ? edge.label_centre.y : graph_.nodes[edge.from == node ? edge.to : edge.from].centre.y;
    };
    std::stable_sort(edges.begin(), edges.end(),
                     [&](std::size_t a, std::size_t b) { return height_of(a) > height_of(b); });
    const GraphNode& box = graph_.nodes[node];
    const double count = static_cast<double>(edges.size());
    const double step = std::min(20.0, (box.height - 16) / count);
    for (std::size_t k = 0; k < edges.size(); ++k)
      heights[edges[k]] = box.centre.y + lane / 2 + ((count - 1) / 2 - static_cast<double>(k)) * step;
  }

  bool is_free(const std::vector<Point>& curve, const GraphEdge& edge) const {
    constexpr double margin = 2;
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
      const GraphNode& node = graph_.nodes[i];
      if (i == edge.from || i == edge.to || node.beside) continue;
      for (Point p : points_along(curve))
        if (std::abs(p.x - node.centre.x) < node.width / 2 + margin &&
            std::abs(p.y - node.centre.y) < node.height / 2 + margin)
          return false;
    }
    return true;
  }

  void route_back(GraphEdge& edge) {
    const GraphNode &from = graph_.nodes[edge.from], &to = graph_.nodes[edge.to];
    if (!edge.back) {
      const double y = from.centre.y;
      edge.spline = straight({from.centre.x - from.width / 2, y}, {to.centre.x + to.width / 2, y});
      return;
    }
    const GraphEdge& forward = graph_.edges[*edge.back];
    edge.label_centre = forward.label_centre;
    edge.spline.assign(forward.spline.rbegin(), forward.spline.rend());
    for (Point& p : edge.spline) p.y -= lane;
    if (to.kind != NodeKind::sum) return;
    // The last bend ends at the Σ and not at the box behind it.
    const std::size_t last = edge.spline.size() - 1;
    Point start = edge.spline[last - 3];
    const Point end{to.centre.x + to.width / 2, to.centre.y};
    if (!edge.label.empty()) start.x += 16;
    edge.spline.resize(last - 2);
    edge.spline.back() = start;
    append_level(edge.spline, end);
  }

  Graph& graph_;
  std::vector<std::optional<std::size_t>> back_;  // of each forward edge: the one that runs back beside it
};

}  // namespace

void place_by_dot(Graph& graph) { DotPlacement(graph).place(); }

}  // namespace gradwalk::graph
