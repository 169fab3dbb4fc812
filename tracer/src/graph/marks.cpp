#include "graph/marks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/language.hpp"
#include "graph/ids.hpp"

namespace gradwalk::graph {

namespace {

constexpr double least_rise = 44;  // of a bow, in points: over the operation between two tensors

std::size_t node_named(const Graph& graph, const std::string& name) {
  if (const auto node = graph.find(id_of(name))) return *node;
  throw InputError(
      tr("{name} is not drawn at this level or in these rows: choose others, or --all", fmt::arg("name", name)));
}

/// Where the line from the middle of a box towards a point leaves it.
Point edge_of(const GraphNode& box, Point towards) {
  const double dx = towards.x - box.centre.x, dy = towards.y - box.centre.y;
  const double t = std::min(dx == 0 ? 1 : box.width / 2 / std::abs(dx), dy == 0 ? 1 : box.height / 2 / std::abs(dy));
  return {box.centre.x + std::min(t, 1.0) * dx, box.centre.y + std::min(t, 1.0) * dy};
}

/// A bow that stays clear of the arrows that are right.
void route(GraphEdge& edge, const GraphNode& from, const GraphNode& to) {
  const Point start = edge_of(from, to.centre), end = edge_of(to, from.centre);
  const double dx = end.x - start.x, dy = end.y - start.y, length = std::hypot(dx, dy),
               rise = std::max(0.25 * length, least_rise);
  const Point side{length > 0 ? dy / length * rise : 0, length > 0 ? -dx / length * rise : rise};
  const Point a{start.x + dx / 3 + side.x, start.y + dy / 3 + side.y},
      b{start.x + 2 * dx / 3 + side.x, start.y + 2 * dy / 3 + side.y};
  edge.spline = {start, a, b, end};
  edge.label_centre = {(a.x + b.x) / 2, (a.y + b.y) / 2 + 8};
}

}  // namespace

void add_marks(Graph& graph, const GraphOptions& options) {
  for (std::size_t k = 0; k < options.marks.size(); ++k) {
    const GraphMark& mark = options.marks[k];
    const std::size_t to = node_named(graph, mark.to);
    graph.nodes[to].tone = Tone::mistake;
    graph.nodes[to].lit = true;
    if (mark.from.empty()) {
      graph.nodes[to].tooltip = mark.caption;
      continue;
    }
    const std::size_t from = node_named(graph, mark.from);
    GraphEdge edge{.id = fmt::format("mistake_{}", k + 1),
                   .kind = EdgeKind::backward,
                   .from = from,
                   .to = to,
                   .label = {graph.placed ? "✗" : "✗ " + mark.caption},
                   .tone = Tone::mistake,
                   .width = 2.5,
                   .dashed = true};
    if (graph.placed) route(edge, graph.nodes[from], graph.nodes[to]);
    graph.edges.push_back(std::move(edge));
  }
}

}  // namespace gradwalk::graph
