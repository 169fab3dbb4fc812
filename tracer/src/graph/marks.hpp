#pragma once

#include "gradwalk/nn/record.hpp"
#include "gradwalk/tracer/graph.hpp"
#include "gradwalk/tracer/graph_model.hpp"

namespace gradwalk::graph {

/// Draws the mistakes of options.marks: an arrow more with its caption, or a marked box. Throws InputError for a name
/// that the graph does not draw.
void add_marks(Graph& graph, const GraphOptions& options);

}  // namespace gradwalk::graph
