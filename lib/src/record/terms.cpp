#include "gradwalk/nn/terms.hpp"

#include <fmt/format.h>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/rules.hpp"

namespace gradwalk {

TermSum terms_of(const Record& record, Element target) {
  const Tensor& tensor = record[target.tensor];
  if (tensor.gradient_state != GradientState::computed)
    throw InputError(
        fmt::format("{} has no gradient ({}): {}", tensor.element_name(target.index), name_of(tensor.gradient_state),
                    tensor.gradient_state == GradientState::none ? "nothing is differentiated with respect to it"
                                                                 : "the backward pass has not reached it"));
  TermSum result{target, {}, 0, tensor.gradient[target.index], 0};
  for (std::size_t k = 0; k < record.ops.size(); ++k) {
    const Op& op = record.ops[k];
    const Tensor& output = record[op.output];
    for (std::size_t slot = 0; slot < op.inputs.size(); ++slot) {
      if (op.inputs[slot] != target.tensor || output.gradient_state != GradientState::computed) continue;
      for_each_output(record, op, slot, target.index, [&](std::size_t out, double local) {
        const double upstream = output.gradient[out];
        result.terms.push_back({target, {op.output, out}, k, slot, upstream, local, upstream * local});
        result.sum += upstream * local;
      });
    }
  }
  if (tensor.role == Role::loss) result.sum = result.gradient;  // the seed is given, not summed
  result.residual = result.gradient - result.sum;
  return result;
}

}  // namespace gradwalk
