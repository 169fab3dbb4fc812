#pragma once

#include <string>

#include "gradwalk/tracer/graph.hpp"
#include "gradwalk/tracer/graph_model.hpp"

namespace gradwalk::graph {

/// What Graphviz drew, made fit for a page: role, title and description for a screen reader, the reader's theme, and
/// without the prolog when it goes into HTML.
std::string finished_svg(std::string svg, const Graph& graph, const GraphOptions& options);

}  // namespace gradwalk::graph
