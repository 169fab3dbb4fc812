#include "gradwalk/tracer/graph.hpp"

#include <array>
#include <utility>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/graph_model.hpp"
#include "gradwalk/tracer/language.hpp"
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
    for (const Graph& graph : graphs) pictures.push_back(graph::to_dot(graph, options.theme));
    if (format != GraphFormat::dot) pictures = graph::run_dot(pictures, graphviz_format(format));
  }
  if (format == GraphFormat::svg)
    for (std::size_t i = 0; i < graphs.size(); ++i)
      pictures[i] = graph::finished_svg(std::move(pictures[i]), graphs[i], options);
  return pictures;
}

}  // namespace

std::string render_graph(const Record& record, const GraphOptions& options, GraphFormat format) {
  if (format == GraphFormat::dot) return graph_dot(record, options);
  Graph graph = placed_graph(record, options);
  graph::finish(graph, record, options);
  return drawn({std::move(graph)}, options, format).front();
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
