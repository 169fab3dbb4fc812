#include <fmt/format.h>

#include <algorithm>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/language.hpp"
#include "graph/caption.hpp"
#include "graph/highlight.hpp"
#include "graph/levels.hpp"
#include "graph/marks.hpp"
#include "graph/moments.hpp"
#include "graph/network_placement.hpp"

namespace gradwalk {

std::optional<std::size_t> Graph::find(const std::string& id) const {
  for (std::size_t i = 0; i < nodes.size(); ++i)
    if (nodes[i].id == id) return i;
  return std::nullopt;
}

namespace graph {

bool is_chain(const Record& record) {
  if (!record.provenance.expression.empty() || record.ops.empty()) return false;
  for (std::size_t k = 0; k < record.ops.size(); ++k) {
    const Op& op = record.ops[k];
    if (k > 0 && op.inputs[0] != record.ops[k - 1].output) return false;
    for (std::size_t slot = 1; slot < op.inputs.size(); ++slot)
      if (record.producer(op.inputs[slot])) return false;
  }
  return true;
}

std::vector<std::size_t> drawn_rows(const Record& record, const GraphOptions& options) {
  std::size_t count = 1;
  for (const Tensor& tensor : record.tensors)
    if (tensor.role == Role::input && tensor.shape.size() == 2) count = tensor.shape[0];
  for (std::size_t row : options.rows)
    if (row >= count)
      throw InputError(tr("the batch has no row {row}: its rows are 0 to {last}", fmt::arg("row", row),
                          fmt::arg("last", count - 1)));
  std::vector<std::size_t> rows = options.rows;
  if (rows.empty())
    for (std::size_t row = 0; row < count; ++row) rows.push_back(row);
  return rows;
}

Graph unfinished_graph(const Record& record, const GraphOptions& options) {
  Graph result;
  switch (options.level) {
    case GraphLevel::layer:
      result = layer_level(record, options);
      break;
    case GraphLevel::tensor:
      result = tensor_level(record, options);
      break;
    case GraphLevel::neuron:
      result = neuron_level(record, options);
      break;
    case GraphLevel::scalar:
      result = scalar_level(record, options);
      break;
  }
  describe(result, record, options);
  if (is_chain(record) && options.level == GraphLevel::tensor) place_chain(result, record);
  const bool folded = !result.notices.empty();
  if (is_chain(record) && options.level == GraphLevel::scalar && (folded || result.nodes.size() > most_nodes_for_dot))
    place_network(result, record);
  if (!options.highlight.empty() && options.level == GraphLevel::neuron)
    light_neurons(result, record, options);
  else if (!options.highlight.empty())
    light_paths(result, record, options.highlight);
  else if (options.backward)
    mark_shared_prefix(result, record);
  return result;
}

void finish(Graph& graph, const Record& record, const GraphOptions& options) {
  add_marks(graph, options);
  if (options.legend && graph.placed) add_caption(graph, record, options);
  if (options.moment) show_moment(graph, record, *options.moment);
}

}  // namespace graph

Graph build_graph(const Record& record, const GraphOptions& options) {
  Graph result = graph::unfinished_graph(record, options);
  graph::finish(result, record, options);
  return result;
}

}  // namespace gradwalk
