#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gradwalk/nn/record.hpp"

namespace gradwalk::graph {

/// "∂L/∂W1"
std::string derivative(const std::string& of, const std::string& by);

/// The tensor that is differentiated; nothing in a part of a computation, whose loss L comes later.
std::optional<TensorId> loss_of(const Record& record);

/// What an operation is called in a picture: linear, tanh, +, × …
std::string operation_name(OpKind kind);

/// Its forward rule with the names of the record: "x·W1ᵀ + b1", "x + y"; empty where the name says it all.
std::string forward_rule(const Record& record, const Op& op);

/// upstream × local in fractions: "∂L/∂W1 = ∂L/∂z1 · ∂z1/∂W1".
std::string chain_rule(const Record& record, const Op& op, std::size_t slot);

/// The same as it is computed for whole tensors, transposes and sums written out: "dW1 = dz1ᵀ·x"; "db1 = Σₙ dz1[n]".
std::string tensor_rule(const Record& record, const Op& op, std::size_t slot);

/// Whether the gradient of that input adds up over the rows of the batch.
bool sums_over_batch(const Record& record, const Op& op, std::size_t slot);

/// The factors of ∂L/∂(input `slot` of ops[op]) from the loss down a chain of ops: {"∂L/∂p", "∂p/∂z2", …}.
std::vector<std::string> factors_down_to(const Record& record, std::size_t op, std::size_t slot);

}  // namespace gradwalk::graph
