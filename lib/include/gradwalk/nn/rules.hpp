#pragma once

#include <cstddef>
#include <functional>
#include <span>

#include "gradwalk/nn/record.hpp"

namespace gradwalk {

// The rules of the ops, element by element: which elements an element depends on, and the local derivative between the
// two. Everything that explains a record (terms, paths, graphs, walkthroughs) asks here, and only here.
//
//   kind                   forward                                local derivative
//   linear                 z[n,j] = Σ_i x[n,i]·W[j,i] + b[j]      ∂z[n,j]/∂x[n,i] = W[j,i]
//                                                                 ∂z[n,j]/∂W[j,i] = x[n,i]
//                                                                 ∂z[n,j]/∂b[j]   = 1
//   tanh                   a = tanh(z)                            ∂a/∂z = 1 − a²
//   sigmoid                a = 1/(1 + exp(−z))                    ∂a/∂z = a·(1 − a)
//   relu                   a = max(z, 0)                          ∂a/∂z = 1 if z > 0, else 0
//   leaky_relu             a = z if z > 0, else slope·z           ∂a/∂z = 1 if z > 0, else slope
//   identity               a = z                                  ∂a/∂z = 1
//   softmax                p[n,k] = exp(z[n,k]) / Σ_j exp(z[n,j]) ∂p[n,k]/∂z[n,j] = p[n,k]·(1[k = j] − p[n,j])
//   cross_entropy          L = −(1/N) Σ_n log p[n,y[n]]           ∂L/∂p[n,c] = −1/(N·p[n,c]) at c = y[n], else 0
//   softmax_cross_entropy  L = −(1/N) Σ_n log softmax(z[n])[y[n]] ∂L/∂z[n,c] = (softmax(z[n])[c] − 1[c = y[n]])/N
//   binary_logistic        L = (1/N) Σ_n log(1 + exp(z[n])) − y·z ∂L/∂z[n]   = (sigmoid(z[n]) − y[n])/N
//   squared_error          L = (1/N) Σ_n Σ_k (f − y)²             ∂L/∂f[n,k] = 2·(f[n,k] − y[n,k])/N
//   absolute_error         L = (1/N) Σ_n Σ_k |f − y|              ∂L/∂f[n,k] = sign(f[n,k] − y[n,k])/N, sign(0) = 0
//
// and of scalars:
//
//   add   c = a + b        ∂c/∂a = 1             ∂c/∂b = 1
//   sub   c = a − b        ∂c/∂a = 1             ∂c/∂b = −1
//   mul   c = a·b          ∂c/∂a = b             ∂c/∂b = a
//   div   c = a/b          ∂c/∂a = 1/b           ∂c/∂b = −a/b²
//   pow   c = aᵇ           ∂c/∂a = b·aᵇ⁻¹        ∂c/∂b = c·log a (0 for a = 0, b > 0)
//   max   c = max(a, b)    1 to the larger, and to the first when they are equal; 0 to the other
//   neg   c = −a           ∂c/∂a = −1
//   exp   c = exp(a)       ∂c/∂a = c
//   log   c = log(a)       ∂c/∂a = 1/a
//   abs   c = |a|          ∂c/∂a = sign(a), 0 at 0
//   sin   c = sin(a)       ∂c/∂a = cos(a)
//   cos   c = cos(a)       ∂c/∂a = −sin(a)
//
// (Goodfellow, Bengio, Courville: Deep Learning, 2016, section 6.5; Bishop: Pattern Recognition and Machine Learning,
// 2006, section 5.3; the kinks as PyTorch takes them, but for max.)
//
// Nothing here checks or throws: the shapes of `op` are those that OpKind (record.hpp) says, and indices are inside. A
// function that is called with every element of an op costs no more than the op has edges, but for a softmax over
// logits in softmax_cross_entropy, whose sum is taken anew for each.

/// softmax(z)[k] = exp(z[k] − m) / Σ_j exp(z[j] − m) of one row of logits z (C), m the largest of them; k < C is not
/// checked. For what explains an op on logits, where the record holds no p.
double softmax_element(std::span<const double> z, std::size_t k);

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
