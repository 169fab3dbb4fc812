#include "gradwalk/nn/gradient_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gradwalk/nn/error.hpp"

namespace gradwalk {

namespace {

constexpr std::size_t listed = 16;

std::uint64_t mix(std::uint64_t piece, bool side) {
  return (piece ^ (side ? 0x9E3779B97F4A7C15u : 0x7F4A7C15u)) * 0x100000001B3u;
}

/// The loss of a batch as a function of one number that is changed, each time from the same cached forward pass.
class Variation {
 public:
  Variation(const Net<double>& net, const ForwardPass<double>& pass, Loss loss, const Targets<double>& targets)
      : net_(net), pass_(pass), loss_(loss), targets_(targets) {}

  /// L when the output of linear layer `k` has `column` in place of its column j.
  Probe with_output_column(std::size_t k, std::size_t j, const std::vector<double>& column) const {
    Matrix<double> changed = pass_.outputs[k];
    for (std::size_t n = 0; n < changed.rows(); ++n) changed(n, j) = column[n];
    Probe probe;
    // Up to the next linear layer only column j differs, and what that layer adds to its output is a rank-one matrix.
    std::size_t next = k + 1;
    while (next < net_.layers.size() && is_elementwise(net_.layers[next])) {
      apply_to_column(net_.layers[next], changed, j, probe);
      ++next;
    }
    if (next < net_.layers.size())
      if (const auto* linear = std::get_if<Linear<double>>(&net_.layers[next])) {
        Matrix<double> z = pass_.outputs[next];
        for (std::size_t n = 0; n < z.rows(); ++n) {
          const double change = changed(n, j) - pass_.outputs[next - 1](n, j);
          for (std::size_t i = 0; i < z.cols(); ++i) z(n, i) += change * linear->W(i, j);
        }
        changed = std::move(z);
        ++next;
      }
    return onwards(next, std::move(changed), probe);
  }

  Probe with_input(const Matrix<double>& x) const { return onwards(0, x, {}); }

 private:
  static bool is_elementwise(const Layer<double>& layer) {
    return !std::holds_alternative<Linear<double>>(layer) && !std::holds_alternative<Softmax>(layer);
  }

  static void apply_to_column(const Layer<double>& layer, Matrix<double>& values, std::size_t j, Probe& probe) {
    Matrix<double> column(values.rows(), 1);
    for (std::size_t n = 0; n < values.rows(); ++n) column(n, 0) = values(n, j);
    note_kinks(layer, column, probe);
    const Matrix<double> out = detail::layer_forward(layer, column, 0);
    for (std::size_t n = 0; n < values.rows(); ++n) values(n, j) = out(n, 0);
  }

  static void note_kinks(const Layer<double>& layer, const Matrix<double>& z, Probe& probe) {
    if (!std::holds_alternative<ReLU>(layer) && !std::holds_alternative<LeakyReLU>(layer)) return;
    for (double v : z.values()) probe.piece = mix(probe.piece, v > 0);
  }

  Probe onwards(std::size_t k, Matrix<double> values, Probe probe) const {
    for (; k < net_.layers.size(); ++k) {
      note_kinks(net_.layers[k], values, probe);
      values = detail::layer_forward(net_.layers[k], values, k + 1);
    }
    if (loss_ == Loss::absolute)
      for (std::size_t i = 0; i < values.size(); ++i)
        probe.piece = mix(probe.piece, values.values()[i] > targets_.values.values()[i]);
    probe.value = loss_value(loss_, values, targets_);
    return probe;
  }

  const Net<double>& net_;
  const ForwardPass<double>& pass_;
  Loss loss_;
  const Targets<double>& targets_;
};

void add(CheckedTensor& tensor, const std::string& name, double gradient, const Difference& difference) {
  CheckedElement element{name, gradient, difference, judge(gradient, difference)};
  if (element.judgement == Judgement::right) ++tensor.right;
  if (element.judgement == Judgement::wrong) ++tensor.wrong;
  if (element.judgement == Judgement::cannot_tell) ++tensor.cannot_tell;
  if (element.judgement != Judgement::cannot_tell)
    tensor.largest_error = std::max(tensor.largest_error, std::abs(gradient - difference.value));
  if (element.judgement != Judgement::right) tensor.doubtful.push_back(std::move(element));
}

void keep_worst(CheckedTensor& tensor) {
  const auto off = [](const CheckedElement& e) {
    return e.judgement == Judgement::wrong ? std::abs(e.gradient - e.difference.value) : -1;
  };
  std::stable_sort(tensor.doubtful.begin(), tensor.doubtful.end(),
                   [&](const CheckedElement& a, const CheckedElement& b) { return off(a) > off(b); });
  if (tensor.doubtful.size() > listed) tensor.doubtful.resize(listed);
}

}  // namespace

std::vector<CheckedTensor> check_gradients(const Net<double>& net, const Matrix<double>& x, Loss loss,
                                           const Targets<double>& targets, const Gradients<double>& gradients) {
  const ForwardPass<double> pass = forward(net, x);
  check_targets(loss, pass.output().rows(), pass.output().cols(), targets);
  check_gradient_shapes(net, gradients);
  if (gradients.dx.rows() != x.rows() || gradients.dx.cols() != x.cols())
    throw ShapeError(
        fmt::format("x is ({}, {}), but dx is ({}, {})", x.rows(), x.cols(), gradients.dx.rows(), gradients.dx.cols()));
  const Variation variation(net, pass, loss, targets);
  const std::size_t N = x.rows();
  std::vector<CheckedTensor> tensors;
  std::size_t number = 0;
  for (std::size_t k = 0; k < net.layers.size(); ++k) {
    const auto* linear = std::get_if<Linear<double>>(&net.layers[k]);
    if (!linear) continue;
    ++number;
    const Matrix<double>& in = pass.input_of(k);  // (N, in)
    const Matrix<double>& z = pass.outputs[k];    // (N, out)
    CheckedTensor W{fmt::format("W{}", number), 0, 0, 0, 0, {}};
    CheckedTensor b{fmt::format("b{}", number), 0, 0, 0, 0, {}};
    std::vector<double> column(N);
    for (std::size_t j = 0; j < linear->out(); ++j) {
      for (std::size_t i = 0; i < linear->in(); ++i) {
        const double w = linear->W(j, i);
        const auto L_of_w = [&](double changed) {
          for (std::size_t n = 0; n < N; ++n) column[n] = z(n, j) + (changed - w) * in(n, i);  // z = … + W[j,i]·x[n,i]
          return variation.with_output_column(k, j, column);
        };
        add(W, fmt::format("{}[{},{}]", W.name, j, i), gradients.dW[k](j, i), differentiate(L_of_w, w));
      }
      const auto L_of_b = [&](double changed) {
        for (std::size_t n = 0; n < N; ++n) column[n] = z(n, j) + (changed - linear->b[j]);
        return variation.with_output_column(k, j, column);
      };
      add(b, fmt::format("{}[{}]", b.name, j), gradients.db[k][j], differentiate(L_of_b, linear->b[j]));
    }
    keep_worst(W);
    keep_worst(b);
    tensors.push_back(std::move(W));
    tensors.push_back(std::move(b));
  }

  CheckedTensor input{"x", 0, 0, 0, 0, {}};
  Matrix<double> moved = x;
  for (std::size_t n = 0; n < N; ++n)
    for (std::size_t i = 0; i < x.cols(); ++i) {
      const auto L_of_x = [&](double changed) {
        moved(n, i) = changed;
        return variation.with_input(moved);
      };
      add(input, fmt::format("x[{},{}]", n, i), gradients.dx(n, i), differentiate(L_of_x, x(n, i)));
      moved(n, i) = x(n, i);  // the stored number itself: bit for bit what it was
    }
  keep_worst(input);
  tensors.push_back(std::move(input));
  return tensors;
}

}  // namespace gradwalk
