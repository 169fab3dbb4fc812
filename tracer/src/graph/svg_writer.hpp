#pragma once

#include <string>

#include "gradwalk/tracer/graph.hpp"
#include "gradwalk/tracer/graph_model.hpp"

namespace gradwalk::graph {

/// A placed graph of very many plain nodes as SVG, written directly: `dot` takes minutes to draw what it need not
/// place.
std::string large_svg(const Graph& graph, Theme theme);

}  // namespace gradwalk::graph
