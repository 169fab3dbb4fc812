#include "gradwalk/tracer/graph.hpp"

#include <array>
#include <utility>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/graph_model.hpp"
#include "gradwalk/tracer/language.hpp"
#include "graph/caption.hpp"
#include "graph/dot_placement.hpp"
#include "graph/dot_writer.hpp"
#include "graph/graphviz.hpp"
#include "graph/svg.hpp"

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

std::string drawn(const Graph& graph, const GraphOptions& options, GraphFormat format);

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

std::string render_graph(const Record& record, const GraphOptions& options, GraphFormat format) {
  Graph graph = build_graph(record, options);
  if (!graph.placed && format != GraphFormat::dot) {
    graph::place_by_dot(graph);
    if (options.legend) graph::add_caption(graph, record, options);
  }
  return drawn(graph, options, format);
}

std::vector<std::string> render_frames(const Record&, const GraphOptions&, GraphFormat) { return {}; }

namespace {

std::string drawn(const Graph& graph, const GraphOptions& options, GraphFormat format) {
  const std::string dot = graph::to_dot(graph, options.theme);
  switch (format) {
    case GraphFormat::dot:
      return dot;
    case GraphFormat::svg:
      return graph::finished_svg(graph::run_dot({dot}, "svg").front(), graph, options);
    case GraphFormat::png:
      return graph::run_dot({dot}, "png").front();
    case GraphFormat::pdf:
      return graph::run_dot({dot}, "pdf").front();
    case GraphFormat::tikz:
      return "";
  }
  return "";
}

}  // namespace
}  // namespace gradwalk
