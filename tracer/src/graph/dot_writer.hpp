#pragma once

#include <string>

#include "gradwalk/tracer/graph.hpp"
#include "gradwalk/tracer/graph_model.hpp"

namespace gradwalk::graph {

/// The graph in the DOT language. When it is placed, every position is written (layout=nop2: `dot` draws and moves
/// nothing); when not, `dot` lays it out, left to right, and backward edges do not take part in that.
std::string to_dot(const Graph& graph, Theme theme, std::string_view ground = "transparent");

}  // namespace gradwalk::graph
