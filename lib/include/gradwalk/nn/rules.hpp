#pragma once

#include <cstddef>
#include <functional>

#include "gradwalk/nn/record.hpp"

namespace gradwalk {

// The rules of the ops, element by element: which elements an element depends on, and the local derivative between the
// two. Everything that explains a record (terms, paths, graphs, walkthroughs) asks here, and only here.
//
//   linear                 z[n,j] = Σ_i x[n,i]·W[j,i] + b[j]     ∂z[n,j]/∂x[n,i] = W[j,i], ∂/∂W[j,i] = x[n,i], ∂/∂b[j]
//   = 1 tanh                   1 − a²        sigmoid   a·(1 − a)        relu   1 if z > 0 else 0      leaky_relu   1 or
//   slope softmax                ∂p[n,k]/∂z[n,j] = p[n,k]·(1[k = j] − p[n,j]) cross_entropy          ∂L/∂p[n,c] =
//   −1/(N·p[n,c]) for c = y[n], else exactly 0 softmax_cross_entropy  ∂L/∂z[n,c] = (softmax(z)[n,c] − 1[c = y[n]])/N
//   binary_logistic        ∂L/∂z[n] = (sigmoid(z[n]) − y[n])/N
//   squared_error          ∂L/∂f[n,k] = 2·(f − y)/N              absolute_error   sign(f − y)/N, 0 at the kink
//   max(a, b)              1 to the larger, and to the first when they are equal; abs: sign, 0 at 0
// (Goodfellow, Bengio, Courville: Deep Learning, 2016, section 6.5; the kinks as PyTorch takes them, but for max.)

/// Calls visit(slot, index, local) for every input element on which output element `out` depends: `slot` is the place
/// in op.inputs, `index` the element in that tensor, `local` = ∂output[out]/∂input[slot][index]. Targets are not
/// visited.
void for_each_input(const Record& record, const Op& op, std::size_t out,
                    const std::function<void(std::size_t slot, std::size_t index, double local)>& visit);

/// Calls visit(out, local) for every output element that depends on element `index` of input `slot`.
void for_each_output(const Record& record, const Op& op, std::size_t slot, std::size_t index,
                     const std::function<void(std::size_t out, double local)>& visit);

/// Output element `out` computed anew from the inputs in the record: the forward rule, one element at a time.
double forward_element(const Record& record, const Op& op, std::size_t out);

}  // namespace gradwalk
