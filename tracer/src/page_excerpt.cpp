#include "page_excerpt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

#include "gradwalk/nn/error.hpp"

namespace gradwalk {

namespace {

constexpr std::size_t rows_of_a_large_batch = 8;

/// An axis of a tensor. Axes that run over the same units belong together: the columns of x and of W1, the columns of
/// z1 and the rows of W1. The batch is one such group.
using Axis = std::pair<TensorId, std::size_t>;

class AxisGroups {
 public:
  explicit AxisGroups(const Record& record) {
    for (const Op& op : record.ops) join_axes_of(record, op);
  }

  Axis group(Axis axis) {
    while (parent_.contains(axis)) axis = parent_[axis];
    return axis;
  }

 private:
  void join(Axis a, Axis b) {
    a = group(a);
    b = group(b);
    if (a != b) parent_[std::max(a, b)] = std::min(a, b);
  }

  void join_axes_of(const Record& record, const Op& op) {
    if (op.kind == OpKind::linear) {
      const TensorId x = op.inputs[0], W = op.inputs[1], b = op.inputs[2], z = op.output;
      join({x, 0}, {z, 0});
      join({x, 1}, {W, 1});
      join({W, 0}, {z, 1});
      join({b, 0}, {z, 1});
      return;
    }
    // Elementwise ops, softmax, and a loss with its target: the axes that both have.
    const TensorId first = op.inputs[0];
    for (TensorId other : {op.inputs.back(), op.output})
      for (std::size_t axis = 0; axis < std::min(record[first].shape.size(), record[other].shape.size()); ++axis)
        join({first, axis}, {other, axis});
  }

  std::map<Axis, Axis> parent_;
};

bool is_batched(const Tensor& tensor) { return tensor.role != Role::parameter && !tensor.shape.empty(); }

class Excerpter {
 public:
  explicit Excerpter(const Record& record) : record_(record), groups_(record) {
    for (TensorId t = 0; t < record.tensors.size(); ++t)
      for (std::size_t axis = 0; axis < record[t].shape.size(); ++axis) {
        members_[groups_.group({t, axis})].push_back({t, axis});
        if (axis == 0 && is_batched(record[t])) batch_ = groups_.group({t, axis});
      }
  }

  std::size_t batch_size() const { return batch_ ? length(*batch_) : 0; }

  void keep_rows(std::vector<std::size_t> rows) {
    if (batch_) kept_[*batch_] = std::move(rows);
  }

  void keep_units(std::size_t units) {
    for (const auto& [group, axes] : members_)
      if (group != batch_ && length(group) > 2 * units) kept_[group] = strongest(axes, units);
  }

  Excerpt excerpt() {
    Excerpt result(record_.tensors.size());
    for (TensorId t = 0; t < result.size(); ++t)
      for (std::size_t axis = 0; axis < record_[t].shape.size(); ++axis)
        result[t].push_back(kept_[groups_.group({t, axis})]);
    return result;
  }

  std::size_t numbers() {
    std::size_t sum = 0;
    const Excerpt kept = excerpt();
    for (TensorId t = 0; t < kept.size(); ++t) {
      std::size_t count = record_[t].gradient_state == GradientState::computed ? 2 : 1;
      for (std::size_t axis = 0; axis < kept[t].size(); ++axis)
        count *= kept[t][axis].empty() ? record_[t].shape[axis] : kept[t][axis].size();
      sum += count;
    }
    return sum;
  }

 private:
  std::size_t length(Axis axis) const { return record_[axis.first].shape[axis.second]; }

  /// The first few units, the last two, and those with the largest Σ |value · gradient| over the batch.
  std::vector<std::size_t> strongest(const std::vector<Axis>& axes, std::size_t count) const {
    const std::size_t all = length(axes.front());
    std::vector<double> strength(all, 0);
    for (const auto& [t, axis] : axes) {
      const Tensor& tensor = record_[t];
      if (!is_batched(tensor) || tensor.gradient_state != GradientState::computed) continue;
      for (std::size_t i = 0; i < tensor.size(); ++i) {
        const double product = std::abs(tensor.value[i] * tensor.gradient[i]);
        if (std::isfinite(product)) strength[i % all] += product;
      }
    }
    std::vector<std::size_t> order(all);
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return strength[a] > strength[b]; });
    std::set<std::size_t> chosen;
    if (count > 4) chosen = {0, 1, all - 2, all - 1};
    for (std::size_t unit : order)
      if (chosen.size() < std::max<std::size_t>(count, 1)) chosen.insert(unit);
    return {chosen.begin(), chosen.end()};
  }

  const Record& record_;
  AxisGroups groups_;
  std::map<Axis, std::vector<Axis>> members_;
  std::map<Axis, std::vector<std::size_t>> kept_;
  std::optional<Axis> batch_;
};

}  // namespace

Excerpt excerpt_of(const Record& record, const std::vector<std::size_t>& rows, std::size_t units, std::size_t budget) {
  Excerpter excerpter(record);
  const std::size_t N = excerpter.batch_size();
  for (std::size_t row : rows)
    if (row >= N) throw InputError(fmt::format("row {}: the batch of this record has {} rows, 0 first", row, N));
  const std::set<std::size_t> asked(rows.begin(), rows.end());
  if (!asked.empty()) excerpter.keep_rows({asked.begin(), asked.end()});
  if (excerpter.numbers() > budget) excerpter.keep_units(units);
  if (excerpter.numbers() > budget && asked.empty() && N > rows_of_a_large_batch) {
    std::vector<std::size_t> first(rows_of_a_large_batch);
    std::iota(first.begin(), first.end(), 0);
    excerpter.keep_rows(std::move(first));
  }
  return excerpter.excerpt();
}

std::vector<double> excerpted(const std::vector<double>& numbers, const Shape& shape,
                              const std::vector<std::vector<std::size_t>>& kept) {
  std::vector<std::size_t> indices{0};
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    std::vector<std::size_t> next;
    for (std::size_t index : indices) {
      const std::size_t count = kept[axis].empty() ? shape[axis] : kept[axis].size();
      for (std::size_t at = 0; at < count; ++at)
        next.push_back(index * shape[axis] + (kept[axis].empty() ? at : kept[axis][at]));
    }
    indices = std::move(next);
  }
  std::vector<double> result;
  for (std::size_t index : indices) result.push_back(numbers[index]);
  return result;
}

}  // namespace gradwalk
