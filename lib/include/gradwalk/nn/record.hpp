#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gradwalk {

/// What an operation computes. An MLP layer is a few of these; a scalar expression uses the rest. rules.hpp gives the
/// formula and every local derivative of each kind.
enum class OpKind {
  linear,                 // z = x·Wᵀ + b            inputs x (N, in), W (out, in), b (out); output (N, out)
  tanh,                   // elementwise, any shape
  sigmoid,                // elementwise
  relu,                   // elementwise
  leaky_relu,             // elementwise, attribute "slope"
  identity,               // elementwise
  softmax,                // p = softmax of each row            input z (N, C); output (N, C)
  cross_entropy,          // L = −(1/N) Σ log p[n, y[n]]            inputs p (N, C), y (N); output ()
  softmax_cross_entropy,  // the same on logits z, in one stable op  inputs z (N, C), y (N); output ()
  binary_logistic,        // L = (1/N) Σ log(1 + exp(z)) − y·z       inputs z (N, 1), y (N); output ()
  squared_error,          // L = (1/N) Σ_n Σ_k (f − y)²              inputs f (N, K), y (N, K); output ()
  absolute_error,         // L = (1/N) Σ_n Σ_k |f − y|               inputs f (N, K), y (N, K); output ()
  // Of an expression; every tensor has shape ().
  add,
  sub,
  mul,
  div,
  pow,
  neg,
  exp,
  log,
  max,
  abs,
  sin,
  cos,
};

// A name as it is written in record.json, and back: nothing where no value has it. None of these throws.

/// "linear", "softmax_cross_entropy", …
std::string_view name_of(OpKind kind);
std::optional<OpKind> op_kind_named(std::string_view name);

enum class Role { input, parameter, target, constant, intermediate, loss };
std::string_view name_of(Role role);
std::optional<Role> role_named(std::string_view name);

/// pending: the backward pass has not come here yet; computed: `gradient` holds numbers, and 0 means exactly 0;
/// none: there is no such gradient (a target, a constant).
enum class GradientState { pending, computed, none };
std::string_view name_of(GradientState state);
std::optional<GradientState> gradient_state_named(std::string_view name);

using Shape = std::vector<std::size_t>;  // () is a scalar, (n) a vector, (rows, cols) a matrix
using TensorId = std::size_t;            // index into Record::tensors

/// Number of elements: the product of the dimensions, 1 for a scalar. Throws ShapeError when std::size_t cannot hold
/// it.
std::size_t element_count(const Shape& shape);
/// "(4, 10)"; "()" for a scalar. Throws nothing.
std::string to_string(const Shape& shape);

struct Tensor {
  std::string name;  // x W1 b1 z1 a1 … p L, as the lesson writes them
  Shape shape;
  Role role = Role::intermediate;
  std::vector<double> value;     // element_count(shape) numbers, row by row
  std::vector<double> gradient;  // ∂L/∂(this), the same shape; empty unless computed
  GradientState gradient_state = GradientState::pending;
  // Of a parameter under momentum: v as the steps before left it, the same shape. Empty where that is not known.
  std::vector<double> velocity = {};

  std::size_t size() const { return value.size(); }
  /// "W1[2,0]" for element 2·cols + 0 of W1; just the name for a scalar. index < size() is not checked.
  std::string element_name(std::size_t index) const;
};

struct Op {
  OpKind kind{};
  std::vector<TensorId> inputs;  // in the order that OpKind documents; the same tensor may stand twice (b = a + a)
  TensorId output = 0;
  std::map<std::string, double> attributes;

  /// The attribute of this name, or `otherwise` where the op has none.
  double attribute(const std::string& name, double otherwise) const;
};

/// How the recorded step came about: what a reader needs to make it again. All optional but `step`.
struct Provenance {
  std::size_t step = 0;             // number of the SGD step, 0 first
  std::string dtype = "float64";    // of the pass that was recorded: float64 or float32
  std::vector<std::size_t> widths;  // of the net, empty for an expression
  std::string activation, loss, data;
  std::vector<std::size_t> rows;  // of the data set, in the order of the batch
  std::string expression;         // of `gradwalk expr`
  std::optional<double> learning_rate, momentum;
  std::optional<double> loss_after;  // loss of the same batch after the update
};

/// One element of one tensor.
struct Element {
  TensorId tensor = 0;
  std::size_t index = 0;
  bool operator==(const Element&) const = default;
};

/// What a backward pass leaves: every tensor with its value and gradient, and the operations between them in forward
/// order: the Wengert list of reverse-mode differentiation (Wengert: A simple automatic derivative evaluation program,
/// CACM 7, 1964; Griewank, Walther: Evaluating Derivatives, 2nd ed. 2008, section 3.2). Every chain-rule term is found
/// from these (terms.hpp); nothing else has to be stored. Whoever builds one by hand answers for shapes that fit; those
/// from files are checked (record_file.hpp).
struct Record {
  Provenance provenance;
  std::vector<Tensor> tensors;
  std::vector<Op> ops;

  /// id < tensors.size() is not checked.
  const Tensor& operator[](TensorId id) const { return tensors[id]; }
  /// The tensor of this name; nothing when there is none.
  std::optional<TensorId> find(std::string_view name) const;
  /// The tensor that the record differentiates: the one of Role::loss. Throws InputError when there is none.
  TensorId loss() const;
  /// The op that computes `id`, or null for x, W1, b1, y …
  const Op* producer(TensorId id) const;
  /// Finds "W1[2,0]", "b1[3]", "L". Throws InputError naming what exists instead.
  Element element(std::string_view name) const;
  /// Finds a tensor by name. Throws InputError naming what exists instead.
  TensorId tensor(std::string_view name) const;
  /// "W1[2,0]". That there is such an element is not checked.
  std::string name_of(Element e) const { return tensors[e.tensor].element_name(e.index); }
};

}  // namespace gradwalk
