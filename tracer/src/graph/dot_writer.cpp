#include "graph/dot_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gradwalk/tracer/markup.hpp"
#include "graph/colours.hpp"
#include "graph/graphviz.hpp"
#include "graph/node_text.hpp"
#include "graph/text_width.hpp"

namespace gradwalk::graph {

namespace {

constexpr double arrow_length = 8;

/// Tenths of a point, and never "-0".
std::string coordinate(double v) { return fmt::format("{}", std::round(v * 10) / 10 + 0.0); }
std::string coordinates(Point p) { return coordinate(p.x) + "," + coordinate(p.y); }

std::string_view kind_class(NodeKind kind) {
  switch (kind) {
    case NodeKind::tensor:
      return "tensor";
    case NodeKind::element:
      return "element";
    case NodeKind::operation:
      return "operation";
    case NodeKind::sum:
      return "sum";
    case NodeKind::seed:
      return "seed";
    case NodeKind::layer:
      return "layer";
    case NodeKind::neuron:
      return "neuron";
    case NodeKind::folded:
      return "folded";
    case NodeKind::caption:
      return "caption";
  }
  return "";
}

class DotWriter {
 public:
  DotWriter(const Graph& graph, bool dark, std::string_view ground) : graph_(graph), dark_(dark), ground_(ground) {}

  std::string write() {
    line("digraph gradwalk {{");
    line(
        "  graph [{}, rankdir=LR, ordering=out, outputorder=edgesfirst, bgcolor=\"{}\", pad=0.1, fontname=\"{}\", "
        "class=gradwalk, tooltip=\"{}\"]",
        graph_.placed ? "layout=nop2" : "nodesep=0.35, ranksep=0.6", ground_, font_face, xml_escaped(graph_.title));
    line(
        "  node [shape=box, style=\"rounded,filled\", fixedsize=true, margin=0, fontname=\"{}\", fontsize=11, "
        "fontcolor=\"{}\"]",
        font_face, ink(Tone::ink).text);
    line("  edge [fontname=\"{}\", fontsize=12, arrowsize=0.8, penwidth=1.5, color=\"{}\"]", font_face,
         ink(Tone::ink).line);
    for (const GraphNode& node : graph_.nodes) write_node(node);
    for (const GraphEdge& edge : graph_.edges)
      if (edge.shared && graph_.placed && !edge.hidden_now) write_ground(edge);
    for (const GraphEdge& edge : graph_.edges) write_edge(edge);
    line("}}");
    return std::move(out_);
  }

 private:
  template <class... Arguments>
  void line(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Arguments>(arguments)...);
    out_ += '\n';
  }

  Colours ink(Tone tone) const { return colours_of(tone, dark_); }

  void write_node(const GraphNode& node) {
    const Colours colours = ink(node.tone);
    std::string classes(kind_class(node.kind));
    if (!node.group.empty()) classes += " " + node.group;
    if (node.lit) classes += " lit";
    std::string attributes =
        fmt::format("id=\"{}\", class=\"{}\", tooltip=\"{}\"", node.id, classes, xml_escaped(node.tooltip));
    if (graph_.placed) attributes += fmt::format(", pos=\"{}\"", coordinates(node.centre));
    attributes +=
        fmt::format(", width={:.3f}, height={:.3f}", node.width / points_per_inch, node.height / points_per_inch);
    if (node.hidden_now)
      attributes += ", style=invis";
    else
      attributes += look(node, colours);
    line("  {} [{}, label={}]", node.id, attributes, label(node));
  }

  std::string look(const GraphNode& node, const Colours& colours) const {
    switch (node.kind) {
      case NodeKind::seed:
      case NodeKind::caption:
        return ", style=\"\", penwidth=0, color=transparent";
      case NodeKind::folded:
        return fmt::format(", style=\"rounded,dashed,filled\", color=\"{}\", fillcolor=\"{}\"", colours.line,
                           colours.fill);
      default:
        break;
    }
    std::string style = node.kind == NodeKind::neuron || node.kind == NodeKind::sum ? "filled" : "rounded,filled";
    if (node.dashed) style += ",dashed";
    return fmt::format("{}, style=\"{}\", color=\"{}\", fillcolor=\"{}\", penwidth={}",
                       node.kind == NodeKind::neuron || node.kind == NodeKind::sum ? ", shape=circle" : "", style,
                       colours.line, colours.fill, node.lit ? 3 : 1.4);
  }

  std::string coloured(const std::string& text, std::string_view colour, double size, bool bold) const {
    if (text.empty()) return "";  // Graphviz takes no empty <FONT>
    const std::string body = bold ? fmt::format("<B>{}</B>", xml_escaped(text)) : xml_escaped(text);
    return fmt::format("<FONT POINT-SIZE=\"{}\" COLOR=\"{}\">{}</FONT>", size, colour, body);
  }

  std::string label(const GraphNode& node) const {
    if (node.text.empty()) return "\"\"";
    if (node.text.size() == 1 && node.text[0].cells.size() == 1 && node.text[0].shaded.empty())
      return text_is_blank(node) ? "\"\"" : "<" + cell(node.text[0], 0) + ">";
    std::size_t columns = 1;
    for (const TextRow& row : node.text)
      if (node.kind == NodeKind::caption || (row.part != Part::name && row.part != Part::note))
        columns = std::max(columns, row.cells.size());
    std::string table =
        fmt::format("<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"1\" COLOR=\"{}\">",
                    ink(Tone::muted).line);
    for (const TextRow& row : node.text) {
      if (row.ruled) table += "<HR/>";
      table +=
          "<TR>" +
          (row.part == Part::name || row.part == Part::note ? heading(node, row, columns) : grid_row(row, columns)) +
          "</TR>";
    }
    return table + "</TABLE>>";
  }

  static bool text_is_blank(const GraphNode& node) { return node.text[0].cells[0].empty(); }

  std::string heading(const GraphNode& node, const TextRow& row, std::size_t columns) const {
    if (node.kind == NodeKind::caption) return caption_row(row, columns);
    std::string body = cell(row, 0);
    for (std::size_t c = 1; c < row.cells.size(); ++c)
      body += "&#160;" + coloured(row.cells[c], ink(Tone::muted).text, 10, false);
    return fmt::format("<TD COLSPAN=\"{}\">{}</TD>", columns, body);
  }

  /// Factors in columns, the shared ones on their ground; the last cell takes what is left of the line.
  std::string caption_row(const TextRow& row, std::size_t columns) const {
    std::string cells;
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      const bool shaded = std::find(row.shaded.begin(), row.shaded.end(), c) != row.shaded.end();
      const bool last = c + 1 == row.cells.size();
      const std::size_t span = last ? columns - c : 1;
      cells += fmt::format("<TD ALIGN=\"LEFT\" CELLPADDING=\"2\" COLSPAN=\"{}\"{}>{}</TD>", span,
                           shaded ? fmt::format(" BGCOLOR=\"{}\"", ink(Tone::shared).line) : "",
                           shaded ? coloured(row.cells[c], shaded_ink(), row.size, row.bold) : cell(row, c));
    }
    return cells;
  }

  std::string_view shaded_ink() const { return ink(Tone::ink).text; }

  std::string grid_row(const TextRow& row, std::size_t columns) const {
    std::string cells;
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      const std::string span = row.cells.size() == 1 ? fmt::format(" COLSPAN=\"{}\"", columns) : "";
      // An empty cell keeps the height of its row.
      cells += fmt::format("<TD{}>&#160;{}&#160;</TD>", span, row.cells[c].empty() ? "" : cell(row, c));
    }
    return cells;
  }

  std::string cell(const TextRow& row, std::size_t c) const {
    return coloured(row.cells[c], ink(row.tone).text, row.size, row.bold);
  }

  std::string position(const GraphEdge& edge, bool arrow) const {
    const auto& s = edge.spline;
    std::string pos;
    Point end = s.back();
    if (arrow) {
      // The curve stops where the arrowhead begins.
      pos = "e," + coordinates(end) + " ";
      Point towards = s[s.size() - 2];
      const double length = std::hypot(end.x - towards.x, end.y - towards.y);
      if (length > 0) {
        const double t = std::min(1.0, arrow_length / length);
        end = {end.x + t * (towards.x - end.x), end.y + t * (towards.y - end.y)};
      }
    }
    for (std::size_t i = 0; i + 1 < s.size(); ++i) pos += coordinates(s[i]) + " ";
    return pos + coordinates(end);
  }

  void write_ground(const GraphEdge& edge) {
    line("  {} -> {} [id=\"{}__shared\", class=\"shared\", arrowhead=none, penwidth=9, color=\"{}\", pos=\"{}\"]",
         graph_.nodes[edge.from].id, graph_.nodes[edge.to].id, edge.id, ink(Tone::shared).line, position(edge, false));
  }

  void write_edge(const GraphEdge& edge) {
    const bool forward = edge.kind == EdgeKind::forward;
    const GraphNode &from = graph_.nodes[edge.from], &to = graph_.nodes[edge.to];
    std::string classes = forward ? "forward" : "backward";
    for (const GraphNode* end : {&from, &to})
      if (!end->group.empty()) classes += " " + end->group;
    if (edge.lit) classes += " lit";
    const Colours colours = ink(edge.tone);
    std::string attributes = fmt::format("id=\"{}\", class=\"{}\"", edge.id, classes);
    if (!edge.tooltip.empty()) attributes += fmt::format(", tooltip=\"{}\"", xml_escaped(edge.tooltip));
    if (edge.hidden_now) {
      attributes += ", style=invis";
    } else {
      if (edge.tone != Tone::ink) attributes += fmt::format(", color=\"{}\"", colours.line);
      if (edge.width != 1.5) attributes += fmt::format(", penwidth={}", coordinate(edge.width));
      if (edge.dashed) attributes += ", style=dashed";
    }
    if (!forward) attributes += ", constraint=false";
    if (graph_.placed) attributes += fmt::format(", pos=\"{}\"", position(edge, true));
    if (!edge.label.empty() && !edge.hidden_now) attributes += label(edge, colours);
    line("  {} -> {} [{}]", from.id, to.id, attributes);
  }

  std::string label(const GraphEdge& edge, const Colours& colours) const {
    std::string lines;
    for (std::size_t i = 0; i < edge.label.size(); ++i) {
      if (i > 0) lines += "<BR/>";
      lines += coloured(edge.label[i], colours.text, 12, i == 0);
    }
    std::string attributes = fmt::format(", label=<{}>", lines);
    if (graph_.placed) attributes += fmt::format(", lp=\"{}\"", coordinates(edge.label_centre));
    return attributes;
  }

  const Graph& graph_;
  bool dark_;
  std::string_view ground_;
  std::string out_;
};

}  // namespace

std::string to_dot(const Graph& graph, Theme theme, std::string_view ground) {
  return DotWriter(graph, theme == Theme::dark, ground).write();
}

}  // namespace gradwalk::graph
