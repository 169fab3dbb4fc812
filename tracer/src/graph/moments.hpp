#pragma once

#include <string>
#include <vector>

#include "gradwalk/nn/record.hpp"
#include "gradwalk/tracer/graph.hpp"
#include "gradwalk/tracer/graph_model.hpp"

namespace gradwalk::graph {

/// Every step of the two passes: the inputs, each op forward, each op backward.
std::vector<GraphMoment> moments_of(const Record& record);

/// Takes away what is not computed yet at that moment, and lights the op that was the last. Nothing moves.
void show_moment(Graph& graph, const Record& record, const GraphMoment& moment);

/// What happens there: "forward 2 of 5: a1 = tanh(z1)".
std::string moment_text(const Record& record, const GraphMoment& moment);

}  // namespace gradwalk::graph
