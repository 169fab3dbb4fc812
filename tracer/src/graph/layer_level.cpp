#include "graph/levels.hpp"

namespace gradwalk::graph {

Graph layer_level(const Record&, const GraphOptions&) { return {}; }

}  // namespace gradwalk::graph
