#include "graph/svg_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "graph/colours.hpp"
#include "graph/text_width.hpp"

namespace gradwalk::graph {

namespace {

constexpr double margin = 12;

struct Extent {
  double left = std::numeric_limits<double>::max(), right = -left, low = left, high = -left;

  explicit Extent(const Graph& graph) {
    for (const GraphNode& n : graph.nodes) {
      left = std::min(left, n.centre.x - n.width / 2 - margin);
      right = std::max(right, n.centre.x + n.width / 2 + margin);
      low = std::min(low, n.centre.y - n.height / 2 - margin);
      high = std::max(high, n.centre.y + n.height / 2 + margin);
    }
  }
};

/// Graphviz's y goes up, SVG's down.
class LargeSvg {
 public:
  LargeSvg(const Graph& graph, bool dark) : graph_(graph), dark_(dark), extent_(graph) {}

  std::string write() {
    const double width = extent_.right - extent_.left, height = extent_.high - extent_.low;
    add("<svg width=\"{0:.0f}pt\" height=\"{1:.0f}pt\" viewBox=\"0 0 {0:.0f} {1:.0f}\" "
        "xmlns=\"http://www.w3.org/2000/svg\">\n",
        width, height);
    add("<defs>\n");
    arrowhead("forward-head", Tone::ink);
    arrowhead("backward-head", Tone::gradient);
    add("</defs>\n");
    edges(EdgeKind::forward, "forward", Tone::ink, "");
    edges(EdgeKind::backward, "backward", Tone::gradient, " stroke-dasharray=\"5,2\"");
    add("<g font-family=\"{}\" text-anchor=\"middle\">\n", font_face);
    for (const GraphNode& node : graph_.nodes) write_node(node);
    add("</g>\n</svg>\n");
    return std::move(out_);
  }

 private:
  template <class... Arguments>
  void add(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Arguments>(arguments)...);
  }

  /// Whole points are enough here, and half as long.
  long x(double v) const { return std::lround(v - extent_.left); }
  long y(double v) const { return std::lround(extent_.high - v); }

  void arrowhead(const char* id, Tone tone) {
    add("<marker id=\"{}\" markerWidth=\"6\" markerHeight=\"6\" refX=\"6\" refY=\"3\" orient=\"auto\"><path "
        "d=\"M0,1L6,3L0,5z\" fill=\"{}\"/></marker>\n",
        id, colours_of(tone, dark_).line);
  }

  void edges(EdgeKind kind, const char* name, Tone tone, const char* dash) {
    add("<g class=\"edges {0}\" fill=\"none\" stroke=\"{1}\" stroke-width=\"0.6\" marker-end=\"none\"{2}>\n", name,
        colours_of(tone, dark_).line, dash);
    for (const GraphEdge& edge : graph_.edges) {
      if (edge.kind != kind || edge.hidden_now) continue;
      const auto& s = edge.spline;
      add("<path id=\"{}\" marker-end=\"url(#{}-head)\" d=\"M{},{}", edge.id, name, x(s[0].x), y(s[0].y));
      for (std::size_t i = 1; i + 2 < s.size(); i += 3)
        add("C{},{} {},{} {},{}", x(s[i].x), y(s[i].y), x(s[i + 1].x), y(s[i + 1].y), x(s[i + 2].x), y(s[i + 2].y));
      if (edge.lit)
        add("\" class=\"lit\" stroke-width=\"{:.1f}\"/>\n", edge.width);
      else
        add("\"/>\n");
    }
    add("</g>\n");
  }

  void write_node(const GraphNode& node) {
    const Colours colours = colours_of(node.tone, dark_);
    add("<g id=\"{}\" class=\"node {}\">", node.id, node.group);
    if (node.kind != NodeKind::caption && node.kind != NodeKind::seed)
      add("<rect x=\"{}\" y=\"{}\" width=\"{:.0f}\" height=\"{:.0f}\" rx=\"6\" fill=\"{}\" stroke=\"{}\"/>",
          x(node.centre.x - node.width / 2), y(node.centre.y + node.height / 2), node.width, node.height, colours.fill,
          colours.line);
    double line = node.centre.y + node.height / 2 - 4;
    for (const TextRow& row : node.text) {
      line -= row.size * 1.2;
      add("<text x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{}\">", x(node.centre.x), y(line + 2), row.size,
          colours_of(row.tone, dark_).text);
      for (std::size_t c = 0; c < row.cells.size(); ++c) add("{}{}", c > 0 ? " " : "", row.cells[c]);
      add("</text>");
    }
    add("</g>\n");
  }

  const Graph& graph_;
  bool dark_;
  Extent extent_;
  std::string out_;
};

}  // namespace

std::string large_svg(const Graph& graph, Theme theme) { return LargeSvg(graph, theme == Theme::dark).write(); }

}  // namespace gradwalk::graph
