#include "walk/local_rules.hpp"

#include "gradwalk/tracer/number.hpp"

namespace gradwalk::walk {

namespace {

/// "^2", "^(-0.5)"
Math exponent(const Operand& operand) { return Math("^") + operand.factor; }

}  // namespace

Math forward_rule(const Op& op, const Operand& a, const Operand& b) {
  switch (op.kind) {
    case OpKind::add:
      return a.bare + " + " + b.factor;
    case OpKind::sub:
      return a.bare + " - " + b.factor;
    case OpKind::mul:
      return a.bare + "·" + b.factor;
    case OpKind::div:
      return a.bare + "/" + b.factor;
    case OpKind::pow:
      return a.factor + exponent(b);
    case OpKind::neg:
      return Math("-") + a.factor;
    case OpKind::abs:
      return Math("|") + a.bare + "|";
    case OpKind::max:
      return Math("max(") + a.bare + ", " + b.bare + ")";
    case OpKind::relu:
      return Math("max(0, ") + a.bare + ")";
    case OpKind::leaky_relu:
      return Math("max(" + format_number(op.attribute("slope", 0.01), 17) + "·") + a.factor + ", " + a.bare + ")";
    case OpKind::identity:
      return a.bare;
    default:
      return Math(std::string(name_of(op.kind)) + "(") + a.bare + ")";
  }
}

Math local_rule(const Op& op, std::size_t slot, const Operand& a, const Operand& b, const Operand& out) {
  switch (op.kind) {
    case OpKind::sub:
      return slot == 0 ? "1" : "(-1)";
    case OpKind::mul:
      return slot == 0 ? b.factor : a.factor;
    case OpKind::div:
      return slot == 0 ? Math("(1/") + b.factor + ")" : Math("(-") + a.factor + "/" + b.factor + "²)";
    case OpKind::pow:
      return slot == 0 ? b.factor + "·" + a.factor + "^(" + b.bare + " - 1)"
                       : a.factor + exponent(b) + "·log(" + a.bare + ")";
    case OpKind::neg:
      return "(-1)";
    case OpKind::exp:
      return out.factor;
    case OpKind::log:
      return Math("(1/") + a.factor + ")";
    case OpKind::sin:
      return Math("cos(") + a.bare + ")";
    case OpKind::cos:
      return Math("(-sin(") + a.bare + "))";
    case OpKind::abs:
      return Math("sign(") + a.bare + ")";
    case OpKind::max:
      return slot == 0 ? Math("1[") + a.bare + " ≥ " + b.bare + "]" : Math("1[") + b.bare + " > " + a.bare + "]";
    case OpKind::tanh:
      return Math("(1 - ") + out.factor + "²)";
    case OpKind::sigmoid:
      return out.factor + "·(1 - " + out.factor + ")";
    case OpKind::relu:
      return Math("1[") + a.bare + " > 0]";
    case OpKind::leaky_relu: {
      const std::string slope = format_number(op.attribute("slope", 0.01), 17);
      return Math("(" + slope + " + (1 - " + slope + ")·1[") + a.bare + " > 0])";
    }
    default:
      return "1";  // add, identity
  }
}

bool needs_working_out(OpKind kind) {
  switch (kind) {
    case OpKind::add:
    case OpKind::sub:
    case OpKind::mul:
    case OpKind::neg:
    case OpKind::exp:
    case OpKind::identity:
      return false;
    default:
      return true;
  }
}

}  // namespace gradwalk::walk
