#include "gradwalk/tracer/graph.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/graph_model.hpp"
#include "gradwalk/tracer/language.hpp"
#include "graph/colours.hpp"
#include "graph/dot_placement.hpp"
#include "graph/dot_writer.hpp"
#include "graph/folding.hpp"
#include "graph/graphviz.hpp"
#include "graph/levels.hpp"
#include "graph/moments.hpp"
#include "graph/svg.hpp"
#include "graph/svg_writer.hpp"
#include "graph/tikz.hpp"

namespace gradwalk {

namespace {

template <class Value, std::size_t Count>
std::optional<Value> named(const std::array<std::pair<std::string_view, Value>, Count>& names, std::string_view name) {
  for (const auto& [known, value] : names)
    if (known == name) return value;
  return std::nullopt;
}

using namespace std::string_view_literals;

constexpr std::array levels{std::pair{"layer"sv, GraphLevel::layer}, std::pair{"tensor"sv, GraphLevel::tensor},
                            std::pair{"neuron"sv, GraphLevel::neuron}, std::pair{"scalar"sv, GraphLevel::scalar}};
constexpr std::array themes{std::pair{"light"sv, Theme::light}, std::pair{"dark"sv, Theme::dark},
                            std::pair{"auto"sv, Theme::automatic}};
constexpr std::array neuron_edges{std::pair{"weight"sv, NeuronEdges::weight},
                                  std::pair{"gradient"sv, NeuronEdges::gradient}};
constexpr std::array formats{std::pair{"dot"sv, GraphFormat::dot}, std::pair{"svg"sv, GraphFormat::svg},
                             std::pair{"png"sv, GraphFormat::png}, std::pair{"pdf"sv, GraphFormat::pdf},
                             std::pair{"tikz"sv, GraphFormat::tikz}};

}  // namespace

std::optional<GraphLevel> graph_level_named(std::string_view name) { return named(levels, name); }
std::optional<Theme> theme_named(std::string_view name) { return named(themes, name); }
std::optional<NeuronEdges> neuron_edges_named(std::string_view name) { return named(neuron_edges, name); }
std::optional<GraphFormat> graph_format_named(std::string_view name) { return named(formats, name); }

GraphFormat graph_format_of(const std::filesystem::path& path) {
  const std::string ending = path.extension().string();
  if (ending == ".gv") return GraphFormat::dot;
  if (ending == ".tex") return GraphFormat::tikz;
  if (!ending.empty())
    if (const auto format = graph_format_named(std::string_view(ending).substr(1))) return *format;
  throw InputError(tr("{file}: a graph is written to a file that ends in .svg, .png, .pdf, .dot or .tikz",
                      fmt::arg("file", path.string())));
}

GraphvizMissing::GraphvizMissing(std::string dot_)
    : InputError(tr(
          "drawing needs the program 'dot', which is not there: install the package graphviz, or write a .dot file")),
      dot(std::move(dot_)) {}

GraphLevel usual_level(const Record& record) {
  return record.provenance.expression.empty() ? GraphLevel::tensor : GraphLevel::scalar;
}

std::string graph_dot(const Record& record, const GraphOptions& options) {
  return graph::to_dot(build_graph(record, options), options.theme);
}

namespace {

/// Every node and edge with a position, finished but for marks, caption and moment.
Graph placed_graph(const Record& record, const GraphOptions& options) {
  Graph result = graph::unfinished_graph(record, options);
  if (!result.placed) graph::place_by_dot(result);
  return result;
}

std::string graphviz_format(GraphFormat format) {
  return format == GraphFormat::png ? "png" : format == GraphFormat::pdf ? "pdf" : "svg";
}

/// Viewers and Graphviz itself give up on pictures that are larger.
constexpr double largest_side = 14400;

void check_size(const Graph& graph, std::string_view format) {
  double left = 0, right = 0, low = 0, high = 0;
  for (const GraphNode& node : graph.nodes) {
    left = std::min(left, node.centre.x - node.width / 2);
    right = std::max(right, node.centre.x + node.width / 2);
    low = std::min(low, node.centre.y - node.height / 2);
    high = std::max(high, node.centre.y + node.height / 2);
  }
  if (std::max(right - left, high - low) > largest_side)
    throw InputError(
        tr("a picture of {width} by {height} points is too large for {format}: write .svg, or draw less: "
           "without --all, or with --rows",
           fmt::arg("width", std::lround(right - left)), fmt::arg("height", std::lround(high - low)),
           fmt::arg("format", format)));
}

/// The pictures of placed and finished graphs, all drawn by one process.
std::vector<std::string> drawn(const std::vector<Graph>& graphs, const GraphOptions& options, GraphFormat format) {
  std::vector<std::string> pictures;
  if (format == GraphFormat::tikz) {
    for (const Graph& graph : graphs) pictures.push_back(graph::to_tikz(graph, options.theme));
    return pictures;
  }
  const bool large = graphs.front().nodes.size() > graph::most_nodes;
  if (format == GraphFormat::svg && large) {
    for (const Graph& graph : graphs) pictures.push_back(graph::large_svg(graph, options.theme));
  } else {
    const bool paper = (format == GraphFormat::png || format == GraphFormat::pdf) && !options.transparent;
    const auto ground = paper ? graph::ground_colour(options.theme == Theme::dark) : "transparent";
    if (format != GraphFormat::svg) check_size(graphs.front(), graphviz_format(format));
    for (const Graph& graph : graphs) pictures.push_back(graph::to_dot(graph, options.theme, ground));
    pictures = graph::run_dot(pictures, graphviz_format(format));
  }
  if (format == GraphFormat::svg)
    for (std::size_t i = 0; i < graphs.size(); ++i)
      pictures[i] = graph::finished_svg(std::move(pictures[i]), graphs[i], options);
  return pictures;
}

}  // namespace

std::string render_graph(const Record& record, const GraphOptions& options, GraphFormat format) {
  if (format == GraphFormat::dot) return graph_dot(record, options);
  try {
    Graph graph = placed_graph(record, options);
    graph::finish(graph, record, options);
    return drawn({std::move(graph)}, options, format).front();
  } catch (const GraphvizMissing&) {
    throw GraphvizMissing(graph_dot(record, options));
  }
}

std::vector<std::string> render_frames(const Record& record, const GraphOptions& options, GraphFormat format) {
  const Graph placed = placed_graph(record, options);
  std::vector<Graph> frames;
  for (const GraphMoment& moment : graph::moments_of(record)) {
    GraphOptions then = options;
    then.moment = moment;
    frames.push_back(placed);
    graph::finish(frames.back(), record, then);
  }
  return drawn(frames, options, format);
}

}  // namespace gradwalk
