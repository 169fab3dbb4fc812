#include <cmath>

#include "walk/places.hpp"
#include "walk/tell.hpp"

namespace gradwalk::walk {

namespace {

/// The sum inside of the loss, row by row: what is summed, in numbers, and its value.
std::vector<Summand> row_losses(const Story& story, const Op& op) {
  const Tensor& out = story.tensor(op.inputs[0]);
  const Tensor& y = story.tensor(op.inputs[1]);
  const std::size_t C = out.shape[1];
  const Digits& d = story.digits;
  std::vector<Summand> summands;
  for (std::size_t n = 0; n < out.shape[0]; ++n) {
    const double* row = &out.value[n * C];
    if (op.kind == OpKind::cross_entropy) {
      const double p = row[static_cast<std::size_t>(y.value[n])];
      summands.push_back({Math("log(") + d.number(p) + ")", std::log(p)});
    } else if (op.kind == OpKind::softmax_cross_entropy) {
      const double z = row[static_cast<std::size_t>(y.value[n])];
      double m = row[0], total = 0;
      for (std::size_t k = 1; k < C; ++k) m = std::max(m, row[k]);
      Math inside;
      for (std::size_t k = 0; k < C; ++k) {
        total += std::exp(row[k] - m);
        if (C <= 4 || k < 2 || k + 1 == C) inside = inside + (k == 0 ? "" : " + ") + "exp(" + d.number(row[k]) + ")";
        if (C > 4 && k == 2) inside = inside + " + …";
      }
      summands.push_back({Math("(log(") + inside + ") - " + d.factor(z) + ")", m + std::log(total) - z});
    } else if (op.kind == OpKind::binary_logistic) {
      const double z = row[0];
      summands.push_back({Math("(log(1 + exp(") + d.number(z) + ")) - " + d.product(y.value[n], z) + ")",
                          std::max(z, 0.0) + std::log1p(std::exp(-std::abs(z))) - y.value[n] * z});
    } else {
      for (std::size_t k = 0; k < C; ++k) {
        const double t = y.value[n * C + k], error = row[k] - t;
        const Math difference = d.number(row[k]) + " - " + d.factor(t);
        if (op.kind == OpKind::squared_error)
          summands.push_back({Math("(") + difference + ")²", error * error});
        else
          summands.push_back({Math("|") + difference + "|", std::abs(error)});
      }
    }
  }
  return summands;
}

std::string rule_of(const Story& story, const Op& op) {
  const Tensor& out = story.tensor(op.inputs[0]);
  const std::string &f = out.name, &y = story.name(op.inputs[1]);
  switch (op.kind) {
    case OpKind::cross_entropy:
      return fmt::format("-1/N·Σ_n log({}[n,{}[n]])", f, y);
    case OpKind::softmax_cross_entropy:
      return fmt::format("1/N·Σ_n (log(Σ_k exp({0}[n,k])) - {0}[n,{1}[n]])", f, y);
    case OpKind::binary_logistic:
      return fmt::format("1/N·Σ_n (log(1 + exp({0}[n,0])) - {1}[n]·{0}[n,0])", f, y);
    case OpKind::squared_error:
      return fmt::format("1/N·Σ_n Σ_k ({}[n,k] - {}[n,k])²", f, y);
    default:
      return fmt::format("1/N·Σ_n Σ_k |{}[n,k] - {}[n,k]|", f, y);
  }
}

std::string title_of(OpKind kind) {
  switch (kind) {
    case OpKind::cross_entropy:
      return tr("The loss: cross-entropy");
    case OpKind::softmax_cross_entropy:
      return tr("The loss: cross-entropy of the softmax");
    case OpKind::binary_logistic:
      return tr("The loss: logistic");
    case OpKind::squared_error:
      return tr("The loss: squared error");
    default:
      return tr("The loss: absolute error");
  }
}

std::string meaning_of(const Op& op) {
  switch (op.kind) {
    case OpKind::cross_entropy:
      return tr(
          "Each row has one right class, $y[n]$. Its probability counts, the others do not. The loss is the mean over "
          "the $N$ rows.");
    case OpKind::softmax_cross_entropy:
      return tr(
          "The loss turns $z$ into probabilities itself: $log(Σ_k exp(z[k])) - z[y]$ is $-log(p[y])$ with $p$ = "
          "softmax($z$), but it cannot overflow.");
    case OpKind::binary_logistic:
      return tr("One number for each row, and the label is 0 or 1. The loss is the mean over the $N$ rows.");
    case OpKind::squared_error:
      return tr(
          "How far is the output from the target? Squared, summed over the outputs, and the mean over the $N$ rows.");
    default:
      return tr("How far is the output from the target? Summed over the outputs, and the mean over the $N$ rows.");
  }
}

}  // namespace

Step loss_forward(const Story& story, const Op& op) {
  Step step;
  step.title = title_of(op.kind);
  step.before.push_back(meaning_of(op));
  const std::string L = story.name(op.output);
  const std::size_t N = story.tensor(op.inputs[0]).shape[0];
  step.rule = {rule(L, {rule_of(story, op)})};

  const std::vector<Math> lines = story.digits.sum(row_losses(story, op), 8);
  Equation numbers{L, {}};
  bool exact = true;
  for (const Math& line : lines) exact = exact && line.exact;
  const bool minus = op.kind == OpKind::cross_entropy;
  for (std::size_t k = 0; k < lines.size(); ++k) {
    Math math = k == 0 ? Math(fmt::format("{}1/{}·(", minus ? "-" : "", N)) + lines[k] : lines[k];
    if (k + 1 == lines.size()) math = math + ")";
    numbers.parts.push_back({k > 0 ? "" : exact ? "=" : "≈", math});
  }
  step.numbers = {numbers};
  step.result = {plugged_in(L, {story.digits.number(story.tensor(op.output).value[0])})};
  return step;
}

}  // namespace gradwalk::walk
