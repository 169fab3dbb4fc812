#pragma once

#include <map>
#include <string>
#include <string_view>

#include "gradwalk/nn/record.hpp"

namespace gradwalk {

/// Reads assignments such as "q = x + y; f = q * z" and records their forward and backward pass at the given values of
/// the free variables. The last assignment is the loss, and ∂loss/∂loss = 1.
///
/// (Reverse mode on the list of operations: Griewank, Walther: Evaluating Derivatives, 2nd ed. 2008, section 3.2.)
///
///   statement  = name "=" sum | sum          separated by ; or a new line
///   sum        = product { ("+" | "-" | "−") product }
///   product    = unary { ("*" | "×" | "·" | "/" | "÷") unary }
///   unary      = ("-" | "−") unary | power
///   power      = atom [ "^" unary ]                       right to left, so 2^3^2 is 2^9, and −2^2 is −4
///   atom       = number | name | function "(" sum { "," sum } ")" | "(" sum ")"
///   function   = exp log tanh sigmoid relu abs sin cos (one argument), max (two)
///
/// Every intermediate result has a name: the assigned one, or v1, v2 … in the order of computation. Numbers are
/// constants. Throws InputError with the position and what was expected there; for a variable without a value; for a
/// value that no variable takes; for a name assigned twice. log of a negative number and division by zero are not
/// errors here: the record holds the NaN or infinity, and troubles_of tells where it began.
Record record_expression(std::string_view text, const std::map<std::string, double>& values);

/// An op whose result is not finite although everything it was made from is.
struct Trouble {
  std::size_t op = 0;
  std::size_t out = 0;  // element of the op's output
};

/// Where NaN and infinity begin in the forward pass of any record, in the order of the ops: empty when every number is
/// finite. Throws nothing.
std::vector<Trouble> troubles_of(const Record& record);

}  // namespace gradwalk
