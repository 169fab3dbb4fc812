#pragma once

#include <string>

#include "gradwalk/nn/record.hpp"
#include "gradwalk/tracer/graph.hpp"
#include "gradwalk/tracer/graph_model.hpp"

namespace gradwalk::graph {

/// Lights every path from the loss to `name`, an element or a tensor: each backward edge as wide as the share of the
/// paths, by |contribution|, that go through it. The rest steps back. Throws InputError when there is no such element,
/// or none that the graph draws.
void light_paths(Graph& graph, const Record& record, const std::string& name);

/// The same at neuron level, where the arrows are the weights themselves: they show the shares that the paths have in
/// the scalar graph of the row that is drawn.
void light_neurons(Graph& graph, const Record& record, const GraphOptions& options);

}  // namespace gradwalk::graph
