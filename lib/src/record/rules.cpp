#include "gradwalk/nn/rules.hpp"

#include <algorithm>
#include <cmath>

namespace gradwalk {

namespace {

/// The tensors of one op, close at hand.
struct View {
  const Record& record;
  const Op& op;

  const std::vector<double>& in(std::size_t slot) const { return record[op.inputs[slot]].value; }
  const std::vector<double>& out() const { return record[op.output].value; }
  const Shape& shape_in(std::size_t slot) const { return record[op.inputs[slot]].shape; }
  const Shape& shape_out() const { return record[op.output].shape; }
};

double sigmoid(double z) {
  const double e = std::exp(-std::abs(z));
  return z >= 0 ? 1 / (1 + e) : e / (1 + e);
}

double sign(double v) { return std::isnan(v) ? v : static_cast<double>((v > 0) - (v < 0)); }

/// ∂out/∂in of a function of one number, from that number z and its result a.
double unary_local(const Op& op, double z, double a) {
  switch (op.kind) {
    case OpKind::tanh:
      return 1 - a * a;
    case OpKind::sigmoid:
      return a * (1 - a);
    case OpKind::relu:
      return z > 0 ? 1 : 0;
    case OpKind::leaky_relu:
      return z > 0 ? 1 : op.attribute("slope", 0.01);
    case OpKind::identity:
      return 1;
    case OpKind::neg:
      return -1;
    case OpKind::exp:
      return a;
    case OpKind::log:
      return 1 / z;
    case OpKind::abs:
      return sign(z);
    case OpKind::sin:
      return std::cos(z);
    case OpKind::cos:
      return -std::sin(z);
    default:
      return 0;
  }
}

double unary_value(const Op& op, double z) {
  switch (op.kind) {
    case OpKind::tanh:
      return std::tanh(z);
    case OpKind::sigmoid:
      return sigmoid(z);
    case OpKind::relu:
      return z > 0 || std::isnan(z) ? z : 0;
    case OpKind::leaky_relu:
      return z > 0 ? z : op.attribute("slope", 0.01) * z;
    case OpKind::identity:
      return z;
    case OpKind::neg:
      return -z;
    case OpKind::exp:
      return std::exp(z);
    case OpKind::log:
      return std::log(z);
    case OpKind::abs:
      return std::abs(z);
    case OpKind::sin:
      return std::sin(z);
    case OpKind::cos:
      return std::cos(z);
    default:
      return z;
  }
}

/// ∂c/∂(input `slot`) of c = a ∘ b on scalars.
double binary_local(OpKind kind, std::size_t slot, double a, double b, double c) {
  switch (kind) {
    case OpKind::add:
      return 1;
    case OpKind::sub:
      return slot == 0 ? 1 : -1;
    case OpKind::mul:
      return slot == 0 ? b : a;
    case OpKind::div:
      return slot == 0 ? 1 / b : -a / (b * b);
    case OpKind::pow:
      if (slot == 0) return b == 0 ? 0 : b * std::pow(a, b - 1);  // b·a^(b−1); a⁰ is constant
      return a == 0 && b > 0 ? 0 : c * std::log(a);               // a^b·log a; 0^b stays 0 for b > 0
    case OpKind::max:
      return std::isnan(c) ? c : static_cast<double>((a >= b) == (slot == 0));
    default:
      return 0;
  }
}

double binary_value(OpKind kind, double a, double b) {
  switch (kind) {
    case OpKind::add:
      return a + b;
    case OpKind::sub:
      return a - b;
    case OpKind::mul:
      return a * b;
    case OpKind::div:
      return a / b;
    case OpKind::pow:
      return std::pow(a, b);
    case OpKind::max:
      return std::isnan(a) || std::isnan(b) ? a + b : (a >= b ? a : b);
    default:
      return a;
  }
}

bool is_binary(OpKind kind) {
  return kind == OpKind::add || kind == OpKind::sub || kind == OpKind::mul || kind == OpKind::div ||
         kind == OpKind::pow || kind == OpKind::max;
}

/// log Σ_k exp(z[n,k]) of one row: for softmax(z)[k] = exp(z[k] − this), which cannot overflow.
double log_sum_exp(std::span<const double> row) {
  const double m = *std::max_element(row.begin(), row.end());
  double sum = 0;
  for (double z : row) sum += std::exp(z - m);
  return m + std::log(sum);
}

/// ∂L/∂(output element `index` of the net) of a loss.
double loss_local(const View& v, std::size_t index) {
  const Shape& shape = v.shape_in(0);  // (N, C)
  const double N = static_cast<double>(shape[0]);
  const std::size_t n = index / shape[1], c = index % shape[1];
  const double out = v.in(0)[index];
  switch (v.op.kind) {
    case OpKind::cross_entropy:
      return v.in(1)[n] == static_cast<double>(c) ? -1 / (N * out) : 0;
    case OpKind::softmax_cross_entropy: {
      const double label = v.in(1)[n] == static_cast<double>(c) ? 1 : 0;
      return (softmax_element(std::span(v.in(0)).subspan(n * shape[1], shape[1]), c) - label) / N;
    }
    case OpKind::binary_logistic:
      return (sigmoid(out) - v.in(1)[n]) / N;
    case OpKind::squared_error:
      return 2 * (out - v.in(1)[index]) / N;
    case OpKind::absolute_error:
      return sign(out - v.in(1)[index]) / N;
    default:
      return 0;
  }
}

bool is_loss(OpKind kind) {
  return kind == OpKind::cross_entropy || kind == OpKind::softmax_cross_entropy || kind == OpKind::binary_logistic ||
         kind == OpKind::squared_error || kind == OpKind::absolute_error;
}

/// L computed anew.
double loss_forward(const View& v) {
  const Shape& shape = v.shape_in(0);  // (N, C)
  double sum = 0;
  for (std::size_t n = 0; n < shape[0]; ++n) {
    const auto row = std::span(v.in(0)).subspan(n * shape[1], shape[1]);
    const auto label = [&] { return static_cast<std::size_t>(v.in(1)[n]); };
    if (v.op.kind == OpKind::cross_entropy) sum -= std::log(row[label()]);
    if (v.op.kind == OpKind::softmax_cross_entropy) sum += log_sum_exp(row) - row[label()];
    if (v.op.kind == OpKind::binary_logistic)
      sum += std::max(row[0], 0.0) - v.in(1)[n] * row[0] + std::log1p(std::exp(-std::abs(row[0])));
    if (v.op.kind == OpKind::squared_error || v.op.kind == OpKind::absolute_error)
      for (std::size_t k = 0; k < row.size(); ++k) {
        const double error = row[k] - v.in(1)[n * shape[1] + k];
        sum += v.op.kind == OpKind::squared_error ? error * error : std::abs(error);
      }
  }
  return sum / static_cast<double>(shape[0]);
}

/// p[n,k]·(1[k = j] − p[n,j])
double softmax_local(const View& v, std::size_t n, std::size_t k, std::size_t j) {
  const std::size_t C = v.shape_out()[1];
  return v.out()[n * C + k] * ((k == j ? 1.0 : 0.0) - v.out()[n * C + j]);
}

}  // namespace

double softmax_element(std::span<const double> z, std::size_t k) {
  const double m = *std::max_element(z.begin(), z.end());
  double sum = 0;
  for (const double other : z) sum += std::exp(other - m);
  return std::exp(z[k] - m) / sum;
}

void for_each_input(const Record& record, const Op& op, std::size_t out,
                    const std::function<void(std::size_t slot, std::size_t index, double local)>& visit) {
  const View v{record, op};
  if (op.kind == OpKind::linear) {
    const std::size_t D = v.shape_in(0)[1], H = v.shape_out()[1];
    const std::size_t n = out / H, j = out % H;
    for (std::size_t i = 0; i < D; ++i) {
      visit(0, n * D + i, v.in(1)[j * D + i]);
      visit(1, j * D + i, v.in(0)[n * D + i]);
    }
    visit(2, j, 1);
  } else if (op.kind == OpKind::softmax) {
    const std::size_t C = v.shape_out()[1];
    const std::size_t n = out / C, k = out % C;
    for (std::size_t j = 0; j < C; ++j) visit(0, n * C + j, softmax_local(v, n, k, j));
  } else if (is_loss(op.kind)) {
    for (std::size_t i = 0; i < v.in(0).size(); ++i) visit(0, i, loss_local(v, i));
  } else if (is_binary(op.kind)) {
    for (std::size_t slot = 0; slot < 2; ++slot)
      visit(slot, 0, binary_local(op.kind, slot, v.in(0)[0], v.in(1)[0], v.out()[0]));
  } else {
    visit(0, out, unary_local(op, v.in(0)[out], v.out()[out]));
  }
}

void for_each_output(const Record& record, const Op& op, std::size_t slot, std::size_t index,
                     const std::function<void(std::size_t out, double local)>& visit) {
  const View v{record, op};
  if (op.kind == OpKind::linear) {
    const std::size_t N = v.shape_out()[0], H = v.shape_out()[1], D = v.shape_in(0)[1];
    if (slot == 0) {
      const std::size_t n = index / D, i = index % D;
      for (std::size_t j = 0; j < H; ++j) visit(n * H + j, v.in(1)[j * D + i]);
    } else if (slot == 1) {
      const std::size_t j = index / D, i = index % D;
      for (std::size_t n = 0; n < N; ++n) visit(n * H + j, v.in(0)[n * D + i]);
    } else {
      for (std::size_t n = 0; n < N; ++n) visit(n * H + index, 1);
    }
  } else if (op.kind == OpKind::softmax) {
    const std::size_t C = v.shape_out()[1];
    const std::size_t n = index / C, j = index % C;
    for (std::size_t k = 0; k < C; ++k) visit(n * C + k, softmax_local(v, n, k, j));
  } else if (is_loss(op.kind)) {
    if (slot == 0) visit(0, loss_local(v, index));
  } else if (is_binary(op.kind)) {
    visit(0, binary_local(op.kind, slot, v.in(0)[0], v.in(1)[0], v.out()[0]));
  } else {
    visit(index, unary_local(op, v.in(0)[index], v.out()[index]));
  }
}

double forward_element(const Record& record, const Op& op, std::size_t out) {
  const View v{record, op};
  if (op.kind == OpKind::linear) {
    const std::size_t D = v.shape_in(0)[1], H = v.shape_out()[1];
    const std::size_t n = out / H, j = out % H;
    double z = 0;
    for (std::size_t i = 0; i < D; ++i) z += v.in(0)[n * D + i] * v.in(1)[j * D + i];
    return z + v.in(2)[j];
  }
  if (op.kind == OpKind::softmax) {
    const std::size_t C = v.shape_out()[1];
    const auto row = std::span(v.in(0)).subspan(out / C * C, C);
    return std::exp(row[out % C] - log_sum_exp(row));
  }
  if (is_loss(op.kind)) return loss_forward(v);
  if (is_binary(op.kind)) return binary_value(op.kind, v.in(0)[0], v.in(1)[0]);
  return unary_value(op, v.in(0)[out]);
}

}  // namespace gradwalk
