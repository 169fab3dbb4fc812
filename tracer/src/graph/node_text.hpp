#pragma once

#include <string>
#include <vector>

#include "gradwalk/nn/record.hpp"
#include "gradwalk/tracer/graph_model.hpp"

namespace gradwalk::graph {

/// The number as a picture shows it: blank while pending, with a real minus sign.
std::string shown(const Quantity& quantity, int digits);

/// "upstream × local = contribution" of a backward edge that has them.
std::string product_of(const GraphEdge& edge, int digits);

Quantity value_of(const Tensor& tensor, std::size_t index);
Quantity gradient_of(const Tensor& tensor, std::size_t index);

/// The colour of a tensor: the lesson's, by its role; probabilities are what a softmax puts out.
Tone tone_of(const Record& record, TensorId id);

/// "x (4, 2)", its numbers, and below a line those of its gradient. Of more than `limit` rows or columns only the first
/// and the last are shown, with dots between.
std::vector<TextRow> tensor_text(const Record& record, TensorId id, const std::vector<std::size_t>& rows, int digits,
                                 bool gradient);

/// "W1[2,0]", the value, and below a line the gradient. `heading` stands above.
std::vector<TextRow> element_text(const Record& record, Element element, const std::string& heading, int digits,
                                  bool gradient);

/// Gives a node the size that its text needs.
void fit_to_text(GraphNode& node);

/// The width of the columns of a matrix in a node, in points; one entry for each cell of its longest row.
std::vector<double> column_widths(const std::vector<TextRow>& rows);

}  // namespace gradwalk::graph
