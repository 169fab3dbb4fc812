#pragma once

#include "gradwalk/nn/record.hpp"
#include "gradwalk/tracer/graph.hpp"
#include "gradwalk/tracer/graph_model.hpp"

namespace gradwalk::graph {

// Nodes and edges of each level; unfinished_graph chooses one.

Graph layer_level(const Record& record, const GraphOptions& options);
Graph tensor_level(const Record& record, const GraphOptions& options);
Graph neuron_level(const Record& record, const GraphOptions& options);
Graph scalar_level(const Record& record, const GraphOptions& options);

/// Larger graphs of nets are placed by us.
inline constexpr std::size_t most_nodes_for_dot = 260;

/// Whether the ops follow one another, each reading what the one before it wrote: every net; few expressions.
bool is_chain(const Record& record);

/// The rows of the batch that are drawn: options.rows, or all. Throws InputError for one that is not there.
std::vector<std::size_t> drawn_rows(const Record& record, const GraphOptions& options);

/// The graph without what comes when all positions are known; those of a net are, those of an expression are not.
Graph unfinished_graph(const Record& record, const GraphOptions& options);

/// Marks, the caption, and what is not computed yet at options.moment.
void finish(Graph& graph, const Record& record, const GraphOptions& options);

/// Positions for a tensor-level graph of a chain: tensors and ops in one line, parameters above, gradients flowing
/// back.
void place_chain(Graph& graph, const Record& record);

}  // namespace gradwalk::graph
