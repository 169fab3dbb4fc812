#include "graph/node_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "gradwalk/tracer/number.hpp"
#include "graph/text_width.hpp"

namespace gradwalk::graph {

namespace {

constexpr double heading_size = 13, number_size = 11, cell_gap = 8, line_height = 1.2;

/// The numbers 0 … count−1 when these are at most `limit`, else the `first` ones and the last: a gap stands between.
std::vector<std::size_t> ends_of(std::size_t count, std::size_t limit, std::size_t first = 2) {
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < count; ++i)
    if (count <= limit || i < first || i + 1 == count) indices.push_back(i);
  return indices;
}

bool gap_before(const std::vector<std::size_t>& indices, std::size_t at) {
  return at > 0 && indices[at] != indices[at - 1] + 1;
}

/// The rows of a matrix; a vector is one row, a scalar a row with one cell.
std::vector<TextRow> grid(const Tensor& tensor, const std::vector<std::size_t>& rows,
                          const std::vector<std::size_t>& columns, Part part, int digits) {
  const std::size_t width = tensor.shape.empty() ? 1 : tensor.shape.back();
  std::vector<TextRow> text;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    TextRow row{.part = part, .tone = part == Part::gradient ? Tone::gradient : Tone::ink, .size = number_size};
    TextRow dots = row;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (gap_before(columns, c)) row.cells.push_back("⋯"), dots.cells.push_back("");
      const std::size_t index = rows[r] * width + columns[c];
      row.cells.push_back(shown(part == Part::value ? value_of(tensor, index) : gradient_of(tensor, index), digits));
      dots.cells.push_back("⋮");
    }
    if (gap_before(rows, r)) text.push_back(dots);
    text.push_back(std::move(row));
  }
  return text;
}

}  // namespace

std::string shown(const Quantity& quantity, int digits) {
  return quantity.state == Quantity::State::known ? with_minus_sign(format_number(quantity.number, digits)) : "";
}

std::string product_of(const GraphEdge& edge, int digits) {
  const auto number = [&](double value) { return shown({Quantity::State::known, value}, digits); };
  // A minus after the sign of multiplication needs parentheses.
  const std::string local = number(*edge.local);
  const bool negative = *edge.local < 0;
  return fmt::format("{} × {}{}{} = {}", number(*edge.upstream), negative ? "(" : "", local, negative ? ")" : "",
                     number(*edge.contribution));
}

Quantity value_of(const Tensor& tensor, std::size_t index) { return {Quantity::State::known, tensor.value[index]}; }

Quantity gradient_of(const Tensor& tensor, std::size_t index) {
  switch (tensor.gradient_state) {
    case GradientState::computed:
      return {Quantity::State::known, tensor.gradient[index]};
    case GradientState::pending:
      return {Quantity::State::pending, 0};
    case GradientState::none:
      break;
  }
  return {};
}

Tone tone_of(const Record& record, TensorId id) {
  switch (record[id].role) {
    case Role::input:
      return Tone::input;
    case Role::parameter:
      return Tone::parameter;
    case Role::loss:
      return Tone::loss;
    case Role::target:
    case Role::constant:
      return Tone::muted;
    case Role::intermediate:
      break;
  }
  const Op* op = record.producer(id);
  return op && op->kind == OpKind::softmax ? Tone::probability : Tone::ink;
}

std::vector<TextRow> tensor_text(const Record& record, TensorId id, const std::vector<std::size_t>& batch_rows,
                                 int digits, bool gradient) {
  const Tensor& tensor = record[id];
  std::vector<TextRow> text{
      {.part = Part::name, .cells = {tensor.name}, .tone = tone_of(record, id), .size = heading_size, .bold = true}};
  if (!tensor.shape.empty()) text[0].cells.push_back(to_string(tensor.shape));
  const bool batched = !tensor.shape.empty() && tensor.role != Role::parameter && !batch_rows.empty();
  const std::size_t height = tensor.shape.size() == 2 || batched ? tensor.shape[0] : 1;
  std::vector<std::size_t> rows = ends_of(batched ? batch_rows.size() : height, 4);
  if (batched)
    for (std::size_t& r : rows) r = batch_rows[r];
  const std::size_t width = tensor.shape.size() == 2 || !batched ? (tensor.shape.empty() ? 1 : tensor.shape.back()) : 1;
  // Labels of one batch are a column of `tensor.shape = (N)`; other vectors are a row.
  const bool column = tensor.shape.size() == 1 && tensor.role == Role::target;
  Tensor as_column = tensor;
  if (column) {
    as_column.shape = {tensor.shape[0], 1};
    if (!batched) rows = ends_of(tensor.shape[0], 4);
  }
  const std::vector<std::size_t> columns = ends_of(column ? 1 : width, 3, 1);
  for (TextRow& row : grid(as_column, rows, columns, Part::value, digits)) text.push_back(std::move(row));
  if (gradient && tensor.gradient_state != GradientState::none) {
    auto below = grid(as_column, rows, columns, Part::gradient, digits);
    below.front().ruled = true;
    for (TextRow& row : below) text.push_back(std::move(row));
  }
  return text;
}

std::vector<TextRow> element_text(const Record& record, Element element, const std::string& heading, int digits,
                                  bool gradient) {
  const Tensor& tensor = record[element.tensor];
  std::vector<TextRow> text{
      {.part = Part::name,
       .cells = {heading},
       .tone = tone_of(record, element.tensor),
       .size = number_size,
       .bold = true},
      {.part = Part::value, .cells = {shown(value_of(tensor, element.index), digits)}, .size = number_size}};
  if (gradient && tensor.gradient_state != GradientState::none)
    text.push_back({.part = Part::gradient,
                    .cells = {shown(gradient_of(tensor, element.index), digits)},
                    .tone = Tone::gradient,
                    .size = number_size,
                    .ruled = true});
  return text;
}

std::vector<double> column_widths(const std::vector<TextRow>& rows) {
  std::vector<double> widths;
  for (const TextRow& row : rows) {
    if (row.part != Part::value && row.part != Part::gradient) continue;
    widths.resize(std::max(widths.size(), row.cells.size()));
    for (std::size_t c = 0; c < row.cells.size(); ++c)
      widths[c] = std::max(widths[c], text_width(row.cells[c], row.size, row.bold) + cell_gap);
  }
  return widths;
}

void fit_to_text(GraphNode& node) {
  double grid_width = 0;
  for (double w : column_widths(node.text)) grid_width += w;
  double width = grid_width, height = 0;
  for (const TextRow& row : node.text) {
    double line = 0;
    for (const std::string& cell : row.cells) line += text_width(cell, row.size, row.bold) + cell_gap;
    if (row.part == Part::name || row.part == Part::note) width = std::max(width, line);
    height += row.size * line_height + (row.ruled ? 4 : 2);
  }
  node.width = std::max(width + 12, 34.0);
  node.height = std::max(height + 10, 28.0);
}

}  // namespace gradwalk::graph
