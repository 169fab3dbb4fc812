#pragma once

#include "gradwalk/nn/record.hpp"
#include "gradwalk/tracer/graph.hpp"
#include "gradwalk/tracer/graph_model.hpp"

namespace gradwalk::graph {

/// Title and description, for those who cannot see the picture.
void describe(Graph& graph, const Record& record, const GraphOptions& options);

/// Marks the backward edges that ∂L/∂W1 and ∂L/∂W2 have in common: what backpropagation computes once.
void mark_shared_prefix(Graph& graph, const Record& record);

/// Under a placed graph: the chain products with their shared prefix, and what the arrows and numbers mean.
void add_caption(Graph& graph, const Record& record, const GraphOptions& options);

}  // namespace gradwalk::graph
