#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gradwalk/harness/protocol.hpp"
#include "gradwalk/nn/record.hpp"

namespace gradwalk::harness {

/// A small computation with its right answers: tensors and ops are added in forward order, values at once; the upstream
/// gradient of the last tensor is given, and `backward` finds all others by the rules of the record.
///
///   Trace t;
///   t.input("x", {5, 3}, draw.numbers(15));
///   t.parameter("W", {4, 3}, draw.numbers(12));
///   t.parameter("b", {4}, draw.numbers(4));
///   t.op(OpKind::linear, {"x", "W", "b"}, "z");
///   t.backward("z", draw.numbers(20));          // ∂L/∂z is sent to the student too
///   t.tensor("dW");                             // the right answer
class Trace {
 public:
  void input(std::string name, Shape shape, std::vector<double> values) {
    add(std::move(name), std::move(shape), Role::input, std::move(values));
  }
  void parameter(std::string name, Shape shape, std::vector<double> values) {
    add(std::move(name), std::move(shape), Role::parameter, std::move(values));
  }
  /// Labels, wanted outputs: a tensor without a gradient.
  void target(std::string name, Shape shape, std::vector<double> values) {
    add(std::move(name), std::move(shape), Role::target, std::move(values));
  }
  /// The output's shape follows from the kind and the inputs.
  void op(OpKind kind, const std::vector<std::string>& inputs, std::string output,
          std::map<std::string, double> attributes = {});
  /// Every gradient, from ∂L/∂`output` = `upstream`. For a loss: backward("L", {1}).
  void backward(std::string_view output, std::vector<double> upstream);

  /// A tensor as it travels: "W" is its value, "dW" its gradient. Throws ShapeError when there is no such tensor.
  NamedTensor tensor(const std::string& name) const;
  /// For each element of `tensor(name)`: the sum of the magnitudes of what was added up to make it, cancellation and
  /// the magnitudes of the factors included. Rounding in the student's arithmetic is a small multiple of this.
  std::vector<double> magnitude(const std::string& name) const;

  /// Computes all values again from the inputs, and all gradients from the upstream (used after an alteration).
  void recompute();

  Record record;
  TensorId last = 0;             // where the upstream gradient stands
  std::vector<double> upstream;  // empty before backward()

 private:
  void add(std::string name, Shape shape, Role role, std::vector<double> values);
};

/// "dW" → {W, true}; "W" → {W, false}. A tensor of that very name comes first.
struct Asked {
  TensorId tensor = 0;
  bool gradient = false;
};
std::optional<Asked> find_asked(const Record& record, std::string_view name);
/// The same. Throws ShapeError when there is no such tensor.
Asked asked(const Record& record, const std::string& name);

/// The shape of an op's output. Throws ShapeError when the inputs do not fit together.
Shape output_shape(const Record& record, const Op& op);

/// ∂L/∂`tensor` as central differences of Σ upstream·last find it, for one element: right answers are held against
/// this before they are used.
bool agrees_with_differences(const Trace& trace, TensorId tensor);

}  // namespace gradwalk::harness
