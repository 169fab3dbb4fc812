#include "gradwalk/harness/trace.hpp"

#include <algorithm>
#include <cmath>

#include "gradwalk/nn/difference.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/rules.hpp"
#include "propagation.hpp"

namespace gradwalk::harness {

void Trace::add(std::string name, Shape shape, Role role, std::vector<double> values) {
  if (values.size() != element_count(shape))
    throw ShapeError(name + " has shape " + to_string(shape) + " and " + std::to_string(values.size()) + " numbers");
  Tensor tensor;
  tensor.name = std::move(name);
  tensor.shape = std::move(shape);
  tensor.role = role;
  tensor.value = std::move(values);
  tensor.gradient_state = role == Role::target ? GradientState::none : GradientState::pending;
  record.tensors.push_back(std::move(tensor));
}

void Trace::op(OpKind kind, const std::vector<std::string>& inputs, std::string output,
               std::map<std::string, double> attributes) {
  Op op;
  op.kind = kind;
  op.attributes = std::move(attributes);
  for (const std::string& input : inputs) op.inputs.push_back(record.tensor(input));
  op.output = record.tensors.size();
  const Shape shape = output_shape(record, op);
  add(std::move(output), shape, shape.empty() ? Role::loss : Role::intermediate,
      std::vector<double>(element_count(shape)));
  record.tensors[op.output].value = values_of(record, op);
  record.ops.push_back(std::move(op));
}

void Trace::backward(std::string_view output, std::vector<double> given) {
  last = record.tensor(output);
  if (given.size() != record[last].size())
    throw ShapeError("the upstream gradient of " + std::string(output) + " needs " +
                     std::to_string(record[last].size()) + " numbers");
  upstream = std::move(given);
  recompute();
}

void Trace::recompute() {
  for (const Op& op : record.ops) record.tensors[op.output].value = values_of(record, op);
  if (upstream.empty()) return;
  clear_gradients(record);
  record.tensors[last].gradient = upstream;
  for (auto op = record.ops.rbegin(); op != record.ops.rend(); ++op)
    for (std::size_t slot = 0; slot < op->inputs.size(); ++slot) {
      Tensor& input = record.tensors[op->inputs[slot]];
      if (input.gradient_state == GradientState::none) continue;
      const std::vector<double> share = contribution(record, *op, slot);
      for (std::size_t i = 0; i < share.size(); ++i) input.gradient[i] += share[i];
    }
}

std::optional<Asked> find_asked(const Record& record, std::string_view name) {
  if (const auto id = record.find(name)) return Asked{*id, false};
  if (name.size() > 1 && name[0] == 'd')
    if (const auto id = record.find(name.substr(1))) return Asked{*id, true};
  return std::nullopt;
}

Asked asked(const Record& record, const std::string& name) {
  if (const auto found = find_asked(record, name)) return *found;
  throw ShapeError("the trace has no tensor " + name);
}

NamedTensor Trace::tensor(const std::string& name) const {
  const Asked which = asked(record, name);
  const Tensor& tensor = record[which.tensor];
  return {name, tensor.shape, which.gradient ? tensor.gradient : tensor.value};
}

Shape output_shape(const Record& record, const Op& op) {
  const auto shape = [&](std::size_t slot) -> const Shape& { return record[op.inputs.at(slot)].shape; };
  switch (op.kind) {
    case OpKind::linear:
      if (shape(0).size() != 2 || shape(1).size() != 2 || shape(0)[1] != shape(1)[1] || shape(2) != Shape{shape(1)[0]})
        throw ShapeError("linear: x " + to_string(shape(0)) + ", W " + to_string(shape(1)) + ", b " +
                         to_string(shape(2)) + " do not fit");
      return {shape(0)[0], shape(1)[0]};
    case OpKind::cross_entropy:
    case OpKind::softmax_cross_entropy:
    case OpKind::binary_logistic:
      if (shape(0).size() != 2 || shape(1) != Shape{shape(0)[0]})
        throw ShapeError("a label is needed for each row of " + to_string(shape(0)));
      return {};
    case OpKind::squared_error:
    case OpKind::absolute_error:
      if (shape(0).size() != 2 || shape(1) != shape(0))
        throw ShapeError("f " + to_string(shape(0)) + " and y " + to_string(shape(1)) + " differ");
      return {};
    case OpKind::softmax:
      if (shape(0).size() != 2) throw ShapeError("softmax takes a matrix, not " + to_string(shape(0)));
      return shape(0);
    default:
      return shape(0);
  }
}

bool agrees_with_differences(const Trace& trace, TensorId tensor) {
  Trace moved = trace;
  moved.upstream.clear();  // values are enough
  // An intermediate result is moved as if it were an input: what computes it would put it back.
  std::erase_if(moved.record.ops, [&](const Op& op) { return op.output == tensor; });
  // The terms may nearly cancel, but they are rounded as what they are: their size is added, so that the differences
  // know how exact they can be.
  double size = 0;
  for (std::size_t i = 0; i < trace.upstream.size(); ++i)
    size += std::abs(trace.upstream[i] * trace.record[trace.last].value[i]);
  const auto objective = [&] {
    moved.recompute();
    double sum = size;
    for (std::size_t i = 0; i < trace.upstream.size(); ++i)
      sum += trace.upstream[i] * moved.record[trace.last].value[i];
    return sum;
  };
  for (std::size_t i = 0; i < trace.record[tensor].size(); ++i) {
    double& place = moved.record.tensors[tensor].value[i];
    const double kept = place;
    const Difference difference = differentiate(
        [&](double w) {
          place = w;
          return Probe{objective(), piece_of(moved.record)};
        },
        kept);
    place = kept;
    if (judge(trace.record[tensor].gradient[i], difference) == Judgement::wrong) return false;
  }
  return true;
}

}  // namespace gradwalk::harness
