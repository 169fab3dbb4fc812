#pragma once

#include "gradwalk/nn/record.hpp"
#include "walk/mathematics.hpp"

namespace gradwalk::walk {

/// What stands in a rule for one number: its symbol, or the number itself. `factor` has brackets where a sign would
/// clash with an operator before it.
struct Operand {
  Math bare, factor;

  /// A matrix or a whole row, which needs no brackets.
  static Operand of(const Math& math) { return {math, math}; }

  /// Constants of an expression are called by their number, which may be negative.
  static Operand symbol(const std::string& text) { return {text, text.starts_with('-') ? "(" + text + ")" : text}; }
};

/// The rule of an elementwise op or of an expression's op with its operands in place: "a + b", "tanh(z)".
Math forward_rule(const Op& op, const Operand& a, const Operand& b);

/// ∂out/∂(input `slot`) of the same, as a factor of a product: "(1 - a²)".
Math local_rule(const Op& op, std::size_t slot, const Operand& a, const Operand& b, const Operand& out);

/// Whether local_rule with numbers in place still has something to work out: "(1 - 0.5²)" has, "0.5" has not.
bool needs_working_out(OpKind kind);

}  // namespace gradwalk::walk
