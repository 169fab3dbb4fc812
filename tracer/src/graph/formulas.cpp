#include "graph/formulas.hpp"

#include <fmt/format.h>

#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"

namespace gradwalk::graph {

namespace {

struct Names {
  const Record& record;
  const Op& op;
  const std::string& in(std::size_t slot) const { return record[op.inputs[slot]].name; }
  const std::string& out() const { return record[op.output].name; }
};

std::size_t batch_size(const Record& record, const Op& op) {
  const Shape& shape = record[op.inputs[0]].shape;
  return shape.empty() ? 1 : shape[0];
}

/// "(z2 − y)/4", and no "/1".
std::string averaged(const std::string& what, std::size_t rows) {
  return rows == 1 ? what : fmt::format("{}/{}", what, rows);
}

}  // namespace

std::string derivative(const std::string& of, const std::string& by) { return fmt::format("∂{}/∂{}", of, by); }

std::optional<TensorId> loss_of(const Record& record) {
  for (TensorId id = 0; id < record.tensors.size(); ++id)
    if (record[id].role == Role::loss) return id;
  return std::nullopt;
}

std::string operation_name(OpKind kind) {
  switch (kind) {
    case OpKind::sigmoid:
      return "σ";
    case OpKind::relu:
      return "ReLU";
    case OpKind::leaky_relu:
      return "leaky ReLU";
    case OpKind::cross_entropy:
      return "cross-entropy";
    case OpKind::softmax_cross_entropy:
      return "softmax + cross-entropy";
    case OpKind::binary_logistic:
      return "logistic";
    case OpKind::squared_error:
      return "squared error";
    case OpKind::absolute_error:
      return "absolute error";
    case OpKind::identity:
      return "=";
    case OpKind::add:
      return "+";
    case OpKind::sub:
      return "−";
    case OpKind::neg:
      return "−";
    case OpKind::mul:
      return "×";
    case OpKind::div:
      return "÷";
    case OpKind::pow:
      return "^";
    default:
      return std::string(name_of(kind));
  }
}

std::string forward_rule(const Record& record, const Op& op) {
  const Names n{record, op};
  switch (op.kind) {
    case OpKind::linear:
      return fmt::format("{}·{}ᵀ + {}", n.in(0), n.in(1), n.in(2));
    case OpKind::tanh:
    case OpKind::softmax:
    case OpKind::exp:
    case OpKind::log:
    case OpKind::sin:
    case OpKind::cos:
      return fmt::format("{}({})", name_of(op.kind), n.in(0));
    case OpKind::sigmoid:
      return fmt::format("1/(1 + e^−{})", n.in(0));
    case OpKind::relu:
      return fmt::format("max({}, 0)", n.in(0));
    case OpKind::leaky_relu:
      return fmt::format("{0} or {1}·{0}", n.in(0), format_number(op.attribute("slope", 0.01)));
    case OpKind::cross_entropy:
      return averaged(fmt::format("−Σ log {}[{}]", n.in(0), n.in(1)), batch_size(record, op));
    case OpKind::softmax_cross_entropy:
      return averaged(fmt::format("−Σ log softmax({})[{}]", n.in(0), n.in(1)), batch_size(record, op));
    case OpKind::binary_logistic:
      return averaged(fmt::format("Σ log(1 + e^{0}) − {1}·{0}", n.in(0), n.in(1)), batch_size(record, op));
    case OpKind::squared_error:
      return averaged(fmt::format("Σ ({} − {})²", n.in(0), n.in(1)), batch_size(record, op));
    case OpKind::absolute_error:
      return averaged(fmt::format("Σ |{} − {}|", n.in(0), n.in(1)), batch_size(record, op));
    case OpKind::identity:
      return n.in(0);
    case OpKind::abs:
      return fmt::format("|{}|", n.in(0));
    case OpKind::neg:
      return fmt::format("−{}", n.in(0));
    case OpKind::max:
      return fmt::format("max({}, {})", n.in(0), n.in(1));
    case OpKind::add:
    case OpKind::sub:
    case OpKind::mul:
    case OpKind::div:
    case OpKind::pow:
      return fmt::format("{} {} {}", n.in(0), operation_name(op.kind), n.in(1));
  }
  return "";
}

std::string chain_rule(const Record& record, const Op& op, std::size_t slot) {
  const auto loss = loss_of(record);
  const std::string L = loss ? record[*loss].name : "L";
  const Names n{record, op};
  return fmt::format("{} = {} · {}", derivative(L, n.in(slot)), derivative(L, n.out()),
                     derivative(n.out(), n.in(slot)));
}

std::string tensor_rule(const Record& record, const Op& op, std::size_t slot) {
  const Names n{record, op};
  const std::string &in = n.in(slot), &out = n.out();
  const std::size_t rows = batch_size(record, op);
  switch (op.kind) {
    case OpKind::linear:
      if (slot == 0) return fmt::format("d{} = d{}·{}", in, out, n.in(1));
      if (slot == 1 && rows == 1) return fmt::format("d{} = d{}ᵀ·{}", in, out, n.in(0));
      if (slot == 1) return fmt::format("d{0} = d{1}ᵀ·{2} = Σₙ d{1}[n]ᵀ·{2}[n]", in, out, n.in(0));
      if (rows == 1) return fmt::format("d{} = d{}", in, out);
      return fmt::format("d{} = Σₙ d{}[n]", in, out);
    case OpKind::tanh:
      return fmt::format("d{} = d{} ⊙ (1 − {}²)", in, out, out);
    case OpKind::sigmoid:
      return fmt::format("d{0} = d{1} ⊙ {1} ⊙ (1 − {1})", in, out);
    case OpKind::relu:
      return fmt::format("d{} = d{} ⊙ [{} > 0]", in, out, in);
    case OpKind::leaky_relu:
      return fmt::format("d{} = d{} ⊙ ({})", in, out,
                         tr("1 or {slope}", fmt::arg("slope", format_number(op.attribute("slope", 0.01)))));
    case OpKind::identity:
      return fmt::format("d{} = d{}", in, out);
    case OpKind::softmax:
      return fmt::format("d{0} = {1} ⊙ (d{1} − Σₖ d{1}·{1})", in, out);
    case OpKind::cross_entropy:
      return fmt::format("d{} = −1/{} {}", in, rows == 1 ? in : fmt::format("({}·{})", rows, in),
                         tr("at {y}, else 0", fmt::arg("y", n.in(1))));
    case OpKind::softmax_cross_entropy:
      return fmt::format("d{0} = {1}", in, averaged(fmt::format("(softmax({}) − 1[{}])", in, n.in(1)), rows));
    case OpKind::binary_logistic:
      return fmt::format("d{0} = {1}", in, averaged(fmt::format("(σ({}) − {})", in, n.in(1)), rows));
    case OpKind::squared_error:
      return fmt::format("d{0} = {1}", in, averaged(fmt::format("2·({} − {})", in, n.in(1)), rows));
    case OpKind::absolute_error:
      return fmt::format("d{0} = {1}", in, averaged(fmt::format("sign({} − {})", in, n.in(1)), rows));
    default:
      return "";
  }
}

bool sums_over_batch(const Record& record, const Op& op, std::size_t slot) {
  return op.kind == OpKind::linear && slot > 0 && record[op.output].shape[0] > 1;
}

std::vector<std::string> factors_down_to(const Record& record, std::size_t op, std::size_t slot) {
  std::vector<std::string> factors;
  for (std::size_t k = record.ops.size(); k-- > op;) {
    const Op& at = record.ops[k];
    factors.push_back(derivative(record[at.output].name, record[at.inputs[k == op ? slot : 0]].name));
  }
  return factors;
}

}  // namespace gradwalk::graph
