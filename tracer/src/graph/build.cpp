#include <fmt/format.h>

#include <algorithm>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/language.hpp"
#include "graph/caption.hpp"
#include "graph/levels.hpp"

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

}  // namespace graph

Graph build_graph(const Record& record, const GraphOptions& options) {
  Graph result;
  switch (options.level) {
    case GraphLevel::layer:
      result = graph::layer_level(record, options);
      break;
    case GraphLevel::tensor:
      result = graph::tensor_level(record, options);
      break;
    case GraphLevel::neuron:
      result = graph::neuron_level(record, options);
      break;
    case GraphLevel::scalar:
      result = graph::scalar_level(record, options);
      break;
  }
  graph::describe(result, record, options);
  if (options.level == GraphLevel::tensor && graph::is_chain(record)) graph::place_chain(result, record);
  if (options.backward) graph::mark_shared_prefix(result, record, options);
  if (options.legend && result.placed) graph::add_caption(result, record, options);
  return result;
}

}  // namespace gradwalk
