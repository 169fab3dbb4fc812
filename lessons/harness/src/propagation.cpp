#include "propagation.hpp"

#include <algorithm>
#include <cmath>

#include "gradwalk/harness/trace.hpp"
#include "gradwalk/nn/rules.hpp"

namespace gradwalk::harness {

std::vector<double> values_of(const Record& record, const Op& op) {
  std::vector<double> values(record[op.output].size());
  for (std::size_t out = 0; out < values.size(); ++out) values[out] = forward_element(record, op, out);
  return values;
}

std::vector<double> contribution(const Record& record, const Op& op, std::size_t slot) {
  std::vector<double> sum(record[op.inputs[slot]].size());
  const std::vector<double>& upstream = record[op.output].gradient;
  for (std::size_t out = 0; out < upstream.size(); ++out)
    for_each_input(record, op, out, [&](std::size_t at, std::size_t index, double local) {
      if (at == slot) sum[index] += upstream[out] * local;
    });
  return sum;
}

void clear_gradients(Record& record) {
  for (Tensor& tensor : record.tensors) {
    if (tensor.gradient_state == GradientState::none) continue;
    tensor.gradient.assign(tensor.size(), 0);
    tensor.gradient_state = GradientState::computed;
  }
}

std::uint64_t piece_of(const Record& record) {
  std::uint64_t hash = 14695981039346656037U;  // FNV-1a
  const auto mix = [&hash](bool positive) { hash = (hash ^ (positive ? 1 : 2)) * 1099511628211U; };
  for (const Op& op : record.ops) {
    const std::vector<double>& in = record[op.inputs[0]].value;
    if (op.kind == OpKind::relu || op.kind == OpKind::leaky_relu || op.kind == OpKind::abs)
      for (const double z : in) mix(z > 0);
    if (op.kind == OpKind::absolute_error)
      for (std::size_t i = 0; i < in.size(); ++i) mix(in[i] > record[op.inputs[1]].value[i]);
    if (op.kind == OpKind::max) mix(in[0] >= record[op.inputs[1]].value[0]);
  }
  return hash;
}

namespace {

/// How large the numbers are whose difference a local derivative may be: 1 − a² is of order 1 however small it comes
/// out.
double local_magnitude(const Record& record, const Op& op, std::size_t out, std::size_t index, double local) {
  const auto input = [&](std::size_t slot, std::size_t i) { return std::abs(record[op.inputs[slot]].value[i]); };
  switch (op.kind) {
    case OpKind::tanh:
      return 1;
    case OpKind::sigmoid:
      return std::max(std::abs(local), std::abs(record[op.output].value[out]));
    case OpKind::softmax: {
      const std::size_t row = out / record[op.output].shape[1];
      return std::max(std::abs(local),
                      record[op.output].value[out] * (row == index / record[op.output].shape[1] ? 1 : 0));
    }
    case OpKind::softmax_cross_entropy:
    case OpKind::binary_logistic:
      return 1 / static_cast<double>(record[op.inputs[0]].shape[0]);
    case OpKind::squared_error:
      return 2 * (input(0, index) + input(1, index)) / static_cast<double>(record[op.inputs[0]].shape[0]);
    default:
      return std::abs(local);
  }
}

struct Magnitudes {
  std::vector<std::vector<double>> value, gradient;  // by tensor
};

Magnitudes magnitudes(const Trace& trace) {
  const Record& record = trace.record;
  Magnitudes m;
  for (const Tensor& tensor : record.tensors) {
    std::vector<double> own(tensor.size());
    for (std::size_t i = 0; i < own.size(); ++i) own[i] = std::abs(tensor.value[i]);
    m.value.push_back(own);
    m.gradient.emplace_back(tensor.size());
  }
  for (const Op& op : record.ops)
    for (std::size_t out = 0; out < record[op.output].size(); ++out)
      for_each_input(record, op, out, [&](std::size_t slot, std::size_t index, double local) {
        if (local != 0) m.value[op.output][out] += std::abs(local) * m.value[op.inputs[slot]][index];
      });
  for (std::size_t i = 0; i < trace.upstream.size(); ++i) m.gradient[trace.last][i] = std::abs(trace.upstream[i]);
  for (auto op = record.ops.rbegin(); op != record.ops.rend(); ++op)
    for (std::size_t out = 0; out < record[op->output].size(); ++out)
      for_each_input(record, *op, out, [&](std::size_t slot, std::size_t index, double local) {
        const double factor =
            op->kind == OpKind::linear && slot < 2
                ? m.value[op->inputs[1 - slot]]
                         [slot == 0 ? (out % record[op->output].shape[1]) * record[op->inputs[1]].shape[1] +
                                          index % record[op->inputs[1]].shape[1]
                                    : (out / record[op->output].shape[1]) * record[op->inputs[0]].shape[1] +
                                          index % record[op->inputs[0]].shape[1]]
                : local_magnitude(record, *op, out, index, local);
        m.gradient[op->inputs[slot]][index] += m.gradient[op->output][out] * factor;
      });
  return m;
}

}  // namespace

std::vector<double> Trace::magnitude(const std::string& name) const {
  const Asked which = asked(record, name);
  Magnitudes m = magnitudes(*this);
  return which.gradient ? m.gradient[which.tensor] : m.value[which.tensor];
}

}  // namespace gradwalk::harness
