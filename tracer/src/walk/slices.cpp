#include "walk/slices.hpp"

namespace gradwalk::walk {

namespace {

struct Extent {
  std::size_t first_row, rows, columns;
};

Extent extent_of(const Tensor& tensor, Slice slice) {
  if (tensor.shape.size() < 2) return {0, 1, tensor.size()};
  if (slice) return {*slice, 1, tensor.shape[1]};
  return {0, tensor.shape[0], tensor.shape[1]};
}

/// Rows of the batch are cut out of x, z, a, p, y; a W or a b has none.
bool has_rows(const Tensor& tensor) { return tensor.role != Role::parameter && !tensor.shape.empty(); }

std::string shape_of(const Tensor& tensor, Slice slice) {
  if (slice && has_rows(tensor) && tensor.shape.size() == 2) return to_string(Shape{1, tensor.shape[1]});
  return to_string(tensor.shape);
}

std::string reversed(const Tensor& tensor, bool one_row) {
  return to_string(Shape{tensor.shape[1], one_row && has_rows(tensor) ? 1 : tensor.shape[0]});
}

Slice slice_for(const Tensor& tensor, Slice slice) { return has_rows(tensor) ? slice : Slice{}; }

}  // namespace

std::vector<Slice> slices_of(const Story& story) {
  if (story.form != WalkForm::batch) return {Slice{}};
  std::vector<Slice> slices;
  const std::size_t N = story.rows();
  for (std::size_t n = 0; n < N; ++n)
    if (N <= 6 || n < 2 || n + 1 == N) slices.push_back(n);
  return slices;
}

Math symbol(const Story& story, TensorId id, Slice slice, const std::string& prefix) {
  const Tensor& tensor = story.tensor(id);
  const bool row = slice && has_rows(tensor);
  return labelled(prefix + tensor.name + (row ? fmt::format("[{}]", *slice) : ""), shape_of(tensor, slice));
}

Math transposed_symbol(const Story& story, TensorId id, Slice slice, const std::string& prefix) {
  const Tensor& tensor = story.tensor(id);
  const bool row = slice && has_rows(tensor);
  return labelled(prefix + tensor.name + (row ? fmt::format("[{}]", *slice) : "") + "ᵀ", reversed(tensor, row));
}

Math general_symbol(const Story& story, TensorId id, const std::string& prefix) {
  const Tensor& tensor = story.tensor(id);
  const bool row = story.form == WalkForm::batch && has_rows(tensor);
  return labelled(prefix + tensor.name + (row ? "[n]" : ""), shape_of(tensor, row ? Slice{0} : Slice{}));
}

Math general_transposed_symbol(const Story& story, TensorId id, const std::string& prefix) {
  const Tensor& tensor = story.tensor(id);
  const bool row = story.form == WalkForm::batch && has_rows(tensor);
  return labelled(prefix + tensor.name + (row ? "[n]" : "") + "ᵀ", reversed(tensor, row));
}

Math cells(const Story& story, TensorId id, Slice slice, const std::function<Math(std::size_t)>& cell,
           GridLimits limits) {
  const Tensor& tensor = story.tensor(id);
  const Slice own = slice_for(tensor, slice);
  const Extent extent = extent_of(tensor, own);
  return Digits::matrix(
      extent.rows, extent.columns,
      [&](std::size_t r, std::size_t c) { return cell((extent.first_row + r) * extent.columns + c); },
      shape_of(tensor, own), limits);
}

Math values(const Story& story, TensorId id, Slice slice, GridLimits limits) {
  return cells(
      story, id, slice, [&](std::size_t e) { return story.digits.number(story.tensor(id).value[e]); }, limits);
}

Math gradients(const Story& story, TensorId id, Slice slice, GridLimits limits) {
  return cells(
      story, id, slice, [&](std::size_t e) { return story.digits.number(story.tensor(id).gradient[e]); }, limits);
}

Math transposed_values(const Story& story, TensorId id, GridLimits limits) {
  const Tensor& tensor = story.tensor(id);
  return Digits::matrix(
      tensor.shape[1], tensor.shape[0],
      [&](std::size_t r, std::size_t c) { return story.digits.number(tensor.value[c * tensor.shape[1] + r]); },
      reversed(tensor, false), limits);
}

Math transposed_gradients(const Story& story, TensorId id, Slice slice, GridLimits limits) {
  const Tensor& tensor = story.tensor(id);
  const Extent extent = extent_of(tensor, slice_for(tensor, slice));
  return Digits::matrix(
      extent.columns, extent.rows,
      [&](std::size_t r, std::size_t c) {
        return story.digits.number(tensor.gradient[(extent.first_row + c) * extent.columns + r]);
      },
      to_string(Shape{extent.columns, extent.rows}), limits);
}

}  // namespace gradwalk::walk
