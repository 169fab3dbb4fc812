#pragma once

#include "gradwalk/tracer/graph_model.hpp"

namespace gradwalk::graph {

/// Lets the program `dot` place the nodes and the forward edges, with room for the labels; every backward edge then
/// runs back beside its forward edge. Throws InputError when `dot` is not there.
void place_by_dot(Graph& graph);

}  // namespace gradwalk::graph
