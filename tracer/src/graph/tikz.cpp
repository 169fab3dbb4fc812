#include "graph/tikz.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "graph/colours.hpp"
#include "graph/node_text.hpp"

namespace gradwalk::graph {

namespace {

struct Replacement {
  std::string_view from, to;
};

// What LaTeX needs to hear otherwise; the rest of Unicode passes through.
constexpr std::array replacements{Replacement{"\\", "\\textbackslash{}"},
                                  Replacement{"∂", "\\ensuremath{\\partial}"},
                                  Replacement{"·", "\\ensuremath{\\cdot}"},
                                  Replacement{"×", "\\ensuremath{\\times}"},
                                  Replacement{"÷", "\\ensuremath{\\div}"},
                                  Replacement{"−", "\\ensuremath{-}"},
                                  Replacement{"Σ", "\\ensuremath{\\Sigma}"},
                                  Replacement{"σ", "\\ensuremath{\\sigma}"},
                                  Replacement{"Δ", "\\ensuremath{\\Delta}"},
                                  Replacement{"ᵀ", "\\ensuremath{^{\\top}}"},
                                  Replacement{"ₙ", "\\ensuremath{_n}"},
                                  Replacement{"ₖ", "\\ensuremath{_k}"},
                                  Replacement{"²", "\\ensuremath{^2}"},
                                  Replacement{"⊙", "\\ensuremath{\\odot}"},
                                  Replacement{"⋯", "\\ensuremath{\\cdots}"},
                                  Replacement{"⋮", "\\ensuremath{\\vdots}"},
                                  Replacement{"→", "\\ensuremath{\\rightarrow}"},
                                  Replacement{"←", "\\ensuremath{\\leftarrow}"},
                                  Replacement{"✗", "\\ensuremath{\\times}"},
                                  Replacement{"<", "\\ensuremath{<}"},
                                  Replacement{">", "\\ensuremath{>}"},
                                  Replacement{"|", "\\ensuremath{|}"},
                                  Replacement{"_", "\\_"},
                                  Replacement{"^", "\\textasciicircum{}"},
                                  Replacement{"&", "\\&"},
                                  Replacement{"%", "\\%"},
                                  Replacement{"#", "\\#"},
                                  Replacement{"$", "\\$"},
                                  Replacement{"{", "\\{"},
                                  Replacement{"}", "\\}"},
                                  Replacement{"~", "\\textasciitilde{}"}};

std::string tex(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto found = std::find_if(replacements.begin(), replacements.end(),
                                    [&](const Replacement& r) { return text.substr(at).starts_with(r.from); });
    if (found == replacements.end()) {
      out += text[at++];
    } else {
      out += found->to;
      at += found->from.size();
    }
  }
  return out;
}

constexpr std::array tones{std::pair{Tone::ink, "ink"},
                           std::pair{Tone::muted, "muted"},
                           std::pair{Tone::input, "input"},
                           std::pair{Tone::parameter, "parameter"},
                           std::pair{Tone::probability, "probability"},
                           std::pair{Tone::loss, "loss"},
                           std::pair{Tone::gradient, "gradient"},
                           std::pair{Tone::positive, "positive"},
                           std::pair{Tone::negative, "negative"},
                           std::pair{Tone::shared, "shared"},
                           std::pair{Tone::mistake, "mistake"}};

std::string_view name_of_tone(Tone tone) {
  for (const auto& [known, name] : tones)
    if (known == tone) return name;
  return "ink";
}

class TikzWriter {
 public:
  TikzWriter(const Graph& graph, bool dark) : graph_(graph), dark_(dark) {}

  std::string write() {
    add("% {}\n% \\usepackage{{tikz}} in the preamble; \\input this where the picture goes.\n", graph_.title);
    add("\\begingroup\n");
    for (const auto& [tone, name] : tones) {
      const Colours colours = colours_of(tone, dark_);
      for (const auto& [part, colour] :
           {std::pair{"line", colours.line}, std::pair{"fill", colours.fill}, std::pair{"text", colours.text}}) {
        std::string hex(colour.substr(1));
        std::transform(hex.begin(), hex.end(), hex.begin(),
                       [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
        add("\\definecolor{{gw-{}-{}}}{{HTML}}{{{}}}\n", name, part, hex);
      }
    }
    add("\\resizebox{{\\linewidth}}{{!}}{{%\n\\begin{{tikzpicture}}[x=1bp, y=1bp, line width=1.2bp, inner sep=0pt, "
        "every node/.style={{font=\\sffamily}}, "
        ">={{latex}}, box/.style={{draw, rounded corners=6bp}}]\n");
    for (const GraphEdge& edge : graph_.edges)
      if (edge.shared && !edge.hidden_now) write_path(edge, "gw-shared-line, line width=8bp, -");
    for (const GraphEdge& edge : graph_.edges) write_edge(edge);
    for (const GraphNode& node : graph_.nodes) write_node(node);
    add("\\end{{tikzpicture}}}}%\n\\endgroup\n");
    return std::move(out_);
  }

 private:
  template <class... Arguments>
  void add(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Arguments>(arguments)...);
  }

  static std::string point(Point p) { return fmt::format("({:.1f},{:.1f})", p.x + 0.0, p.y + 0.0); }

  void write_path(const GraphEdge& edge, const std::string& style) {
    add("\\draw[{}] {}", style, point(edge.spline[0]));
    for (std::size_t i = 1; i + 2 < edge.spline.size(); i += 3)
      add(" .. controls {} and {} .. {}", point(edge.spline[i]), point(edge.spline[i + 1]), point(edge.spline[i + 2]));
    add(";\n");
  }

  void write_edge(const GraphEdge& edge) {
    if (edge.hidden_now) return;
    write_path(edge, fmt::format("->, gw-{}-line{}, line width={:.1f}bp", name_of_tone(edge.tone),
                                 edge.dashed ? ", dashed" : "", edge.width));
    for (std::size_t i = 0; i < edge.label.size(); ++i) {
      const double y =
          edge.label_centre.y + (static_cast<double>(edge.label.size()) / 2 - 0.5 - static_cast<double>(i)) * 14;
      write_text({edge.label_centre.x, y}, edge.label[i], edge.tone, 12, i == 0, "");
    }
  }

  void write_text(Point at, const std::string& text, Tone tone, double size, bool bold, const std::string& anchor) {
    if (text.empty()) return;
    add("\\node[text=gw-{}-text, font=\\sffamily\\fontsize{{{}}}{{{}}}\\selectfont{}{}] at {} {{{}}};\n",
        name_of_tone(tone), size, size * 1.2, bold ? "\\bfseries" : "", anchor, point(at), tex(text));
  }

  void write_node(const GraphNode& node) {
    if (node.hidden_now) {
      // It still counts for the size of the picture.
      add("\\path ({:.1f},{:.1f}) rectangle ++({:.1f},{:.1f});\n", node.centre.x - node.width / 2,
          node.centre.y - node.height / 2, node.width, node.height);
      return;
    }
    const std::string_view tone = name_of_tone(node.tone);
    const bool circle = node.kind == NodeKind::sum || node.kind == NodeKind::neuron;
    if (node.kind == NodeKind::caption) return write_caption(node);
    if (node.kind != NodeKind::seed)
      add("\\node[{}, draw=gw-{}-line, fill=gw-{}-fill{}{}, minimum width={:.1f}bp, minimum height={:.1f}bp] ({}) at "
          "{} {{}};\n",
          circle ? "circle, draw" : "box", tone, tone, node.dashed || node.kind == NodeKind::folded ? ", dashed" : "",
          node.lit ? ", line width=2.5bp" : "", node.width, node.height, tikz_name(node.id), point(node.centre));
    const std::vector<double> columns = column_widths(node.text);
    double total = 0, height = 0;
    for (double w : columns) total += w;
    for (const TextRow& row : node.text) height += line_of(row);
    double y = node.centre.y + height / 2;
    for (const TextRow& row : node.text) {
      if (row.ruled)
        add("\\draw[gw-muted-line, line width=0.6bp] ({:.1f},{:.1f}) -- ({:.1f},{:.1f});\n",
            node.centre.x - node.width * 0.4, y - 1, node.centre.x + node.width * 0.4, y - 1);
      y -= line_of(row);
      const double middle = y + row.size * 0.6;
      if (row.part == Part::name || row.part == Part::note || row.cells.size() == 1) {
        std::string text;
        for (const std::string& cell : row.cells) text += (text.empty() ? "" : " ") + cell;
        write_text({node.centre.x, middle}, text, row.tone, row.size, row.bold, "");
        continue;
      }
      double x = node.centre.x - total / 2;
      for (std::size_t c = 0; c < row.cells.size(); ++c) {
        write_text({x + columns[c] / 2, middle}, row.cells[c], row.tone, row.size, row.bold, "");
        x += columns[c];
      }
    }
  }

  static double line_of(const TextRow& row) { return row.size * 1.2 + (row.ruled ? 4 : 2); }

  void write_caption(const GraphNode& node) {
    double y = node.centre.y + node.height / 2;
    for (const TextRow& row : node.text) {
      y -= row.size * 1.25 + 4;
      std::string text;
      for (std::size_t c = 0; c < row.cells.size(); ++c) {
        const bool shaded = std::find(row.shaded.begin(), row.shaded.end(), c) != row.shaded.end();
        const std::string cell = tex(row.cells[c]);
        text += (c > 0 ? " " : "") +
                (shaded ? fmt::format("\\colorbox{{gw-shared-line}}{{\\textcolor{{gw-ink-text}}{{{}}}}}", cell) : cell);
      }
      add("\\node[anchor=west, text=gw-{}-text, font=\\sffamily\\fontsize{{{}}}{{{}}}\\selectfont] at {} "
          "{{\\setlength{{\\fboxsep}}{{1.5pt}}{}}};\n",
          name_of_tone(row.tone), row.size, row.size * 1.2, point({node.centre.x - node.width / 2, y + row.size / 2}),
          text);
    }
  }

  /// An underscore is no letter of a node's name where babel makes it active.
  static std::string tikz_name(std::string id) {
    std::replace(id.begin(), id.end(), '_', '-');
    return id;
  }

  const Graph& graph_;
  bool dark_;
  std::string out_;
};

}  // namespace

std::string to_tikz(const Graph& graph, Theme theme) { return TikzWriter(graph, theme == Theme::dark).write(); }

}  // namespace gradwalk::graph
