#pragma once

#include "gradwalk/nn/record.hpp"
#include "gradwalk/tracer/graph_model.hpp"

namespace gradwalk::graph {

/// Positions for the numbers of a net, in time linear in their count: a column for every tensor, row j of W1 beside the
/// z1[·,j] that it makes.
void place_network(Graph& graph, const Record& record);

}  // namespace gradwalk::graph
