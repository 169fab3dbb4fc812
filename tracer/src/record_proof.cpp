#include "gradwalk/tracer/record_proof.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gradwalk/nn/rules.hpp"
#include "gradwalk/nn/terms.hpp"

namespace gradwalk {

namespace {

/// Equal to rounding; NaN equals NaN, because a record may hold one.
bool agree(double a, double b, double size, double epsilon) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  if (std::isinf(a) || std::isinf(b)) return a == b || !std::isfinite(size);
  return std::abs(a - b) <= epsilon * size;
}

/// How large the numbers are that an output element is computed from: what its rounding error is measured by.
double size_of_inputs(const Record& record, const Op& op, std::size_t out) {
  double size = std::abs(record[op.output].value[out]);
  if (record[op.output].role == Role::loss && record[op.inputs[0]].shape.size() == 2)
    size += 1;  // the loss: logarithms near 0
  for_each_input(record, op, out, [&](std::size_t slot, std::size_t index, double local) {
    size += std::abs(record[op.inputs[slot]].value[index] * local);
  });
  return size;
}

}  // namespace

std::optional<Disproof> first_disproof(const Record& record) {
  const double epsilon = record.provenance.dtype == "float32" ? 0x1p-18 : 0x1p-44;
  for (const Op& op : record.ops)
    for (std::size_t out = 0; out < record[op.output].size(); ++out) {
      const double recorded = record[op.output].value[out], recomputed = forward_element(record, op, out);
      if (!agree(recorded, recomputed, size_of_inputs(record, op, out), epsilon))
        return Disproof{record.name_of({op.output, out}), recorded, recomputed};
    }
  const std::string loss = record[record.loss()].name;
  for (TensorId id = 0; id < record.tensors.size(); ++id) {
    if (record[id].gradient_state != GradientState::computed) continue;
    for (std::size_t i = 0; i < record[id].size(); ++i) {
      const TermSum sum = terms_of(record, {id, i});
      double size = 0;
      for (const Term& term : sum.terms) size += std::abs(term.contribution);
      const double expected = record[id].role == Role::loss ? 1 : sum.sum;
      if (!agree(sum.gradient, expected, size, epsilon))
        return Disproof{fmt::format("∂{}/∂{}", loss, record.name_of({id, i})), sum.gradient, expected};
    }
  }
  return std::nullopt;
}

}  // namespace gradwalk
