#include "graph/levels.hpp"

namespace gradwalk::graph {

Graph neuron_level(const Record&, const GraphOptions&) { return {}; }

}  // namespace gradwalk::graph
