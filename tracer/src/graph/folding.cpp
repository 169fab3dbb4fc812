#include "graph/folding.hpp"

#include <algorithm>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/language.hpp"
#include "graph/levels.hpp"

namespace gradwalk::graph {

namespace {

constexpr std::size_t kept_whole = 5, kept_first = 3;

bool batched(const Tensor& tensor) { return tensor.role != Role::parameter && !tensor.shape.empty(); }

}  // namespace

bool kept_when_folded(std::size_t i, std::size_t count) {
  return count <= kept_whole || i < kept_first || i + 1 == count;
}

Folding::Folding(const Record& record, const GraphOptions& options, const std::vector<std::size_t>& rows)
    : rows_(rows), every_row_(options.rows.empty()) {
  if (options.all) return;
  std::size_t count = 0;
  for (const Tensor& tensor : record.tensors)
    for (std::size_t i = 0; i < tensor.size(); ++i) count += in_rows(tensor, i);
  if (count <= most_nodes) return;
  if (!is_chain(record))
    throw InputError(
        tr("{n} nodes are too many to read: draw them with --all, or split the expression", fmt::arg("n", count)));
  active_ = true;
}

bool Folding::in_rows(const Tensor& tensor, std::size_t index) const {
  if (every_row_ || !batched(tensor)) return true;
  const std::size_t row = index / (tensor.size() / tensor.shape[0]);
  return std::find(rows_.begin(), rows_.end(), row) != rows_.end();
}

bool Folding::drawn(const Tensor& tensor, std::size_t index) const {
  if (!in_rows(tensor, index)) return false;
  if (!active_) return true;
  for (std::size_t d = tensor.shape.size(); d-- > 0; index /= tensor.shape[d]) {
    const std::size_t i = index % tensor.shape[d];
    const bool row = d == 0 && batched(tensor);
    // Rows are counted among those that were asked for.
    const std::size_t place =
        row ? static_cast<std::size_t>(std::find(rows_.begin(), rows_.end(), i) - rows_.begin()) : i;
    if (!kept_when_folded(place, row ? rows_.size() : tensor.shape[d])) return false;
  }
  return true;
}

}  // namespace gradwalk::graph
