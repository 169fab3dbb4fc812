#pragma once

#include <map>
#include <string>
#include <vector>

#include "gradwalk/nn/expression.hpp"
#include "gradwalk/nn/recorder.hpp"
#include "gradwalk/tracer/graph.hpp"
#include "gradwalk/tracer/graph_model.hpp"
#include "lib/random_nets.hpp"

/// One recorded step of a random net.
inline gradwalk::Record net_record(const std::vector<std::size_t>& widths, std::size_t rows, std::uint64_t seed = 3,
                                   const std::string& activation = "tanh",
                                   gradwalk::Loss loss = gradwalk::Loss::cross_entropy) {
  const Case c = random_case(widths, activation, loss, rows, seed);
  gradwalk::Record record = gradwalk::record_step(c.net, c.x, c.loss, c.targets);
  record.provenance.widths = widths;
  return record;
}

inline gradwalk::GraphOptions at_level(gradwalk::GraphLevel level) {
  gradwalk::GraphOptions options;
  options.level = level;
  return options;
}

inline const gradwalk::GraphNode& node_of(const gradwalk::Graph& graph, const std::string& id) {
  return graph.nodes.at(graph.find(id).value());
}
