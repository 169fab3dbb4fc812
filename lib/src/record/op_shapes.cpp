#include "record/op_shapes.hpp"

#include <algorithm>
#include <cmath>

namespace gradwalk {

namespace {

/// How many inputs each kind takes.
std::size_t arity(OpKind kind) {
  switch (kind) {
    case OpKind::linear:
      return 3;
    case OpKind::cross_entropy:
    case OpKind::softmax_cross_entropy:
    case OpKind::binary_logistic:
    case OpKind::squared_error:
    case OpKind::absolute_error:
    case OpKind::add:
    case OpKind::sub:
    case OpKind::mul:
    case OpKind::div:
    case OpKind::pow:
    case OpKind::max:
      return 2;
    default:
      return 1;
  }
}

}  // namespace

bool shapes_fit(const Record& record, const Op& op) {
  if (op.inputs.size() != arity(op.kind)) return false;
  const auto shape = [&](std::size_t slot) -> const Shape& { return record[op.inputs[slot]].shape; };
  const Shape& out = record[op.output].shape;
  switch (op.kind) {
    case OpKind::linear:
      return shape(0).size() == 2 && shape(1).size() == 2 && shape(0)[1] == shape(1)[1] &&
             shape(2) == Shape{shape(1)[0]} && out == Shape{shape(0)[0], shape(1)[0]};
    case OpKind::softmax:
      return shape(0).size() == 2 && out == shape(0);
    case OpKind::cross_entropy:
    case OpKind::softmax_cross_entropy:
    case OpKind::binary_logistic: {
      if (shape(0).size() != 2 || shape(1) != Shape{shape(0)[0]} || !out.empty()) return false;
      const std::size_t classes = op.kind == OpKind::binary_logistic ? 2 : shape(0)[1];
      const auto& labels = record[op.inputs[1]].value;
      return std::all_of(labels.begin(), labels.end(),
                         [&](double y) { return y >= 0 && y < static_cast<double>(classes) && y == std::floor(y); });
    }
    case OpKind::squared_error:
    case OpKind::absolute_error:
      return shape(0).size() == 2 && shape(1) == shape(0) && out.empty();
    case OpKind::tanh:
    case OpKind::sigmoid:
    case OpKind::relu:
    case OpKind::leaky_relu:
    case OpKind::identity:
      return out == shape(0);
    default:
      return out.empty() &&
             std::all_of(op.inputs.begin(), op.inputs.end(), [&](TensorId id) { return record[id].shape.empty(); });
  }
}

}  // namespace gradwalk
