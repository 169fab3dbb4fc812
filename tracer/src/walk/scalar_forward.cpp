#include <algorithm>
#include <cmath>
#include <set>

#include "walk/local_rules.hpp"
#include "walk/places.hpp"
#include "walk/tell.hpp"

namespace gradwalk::walk {

namespace {

/// Above so many inputs of a unit, a walk to one element tells only of the products that it is in.
constexpr std::size_t few_inputs = 4;

/// The inputs of a unit whose products depend on the target.
std::vector<std::size_t> inputs_concerned(const Story& story, const Op& op, std::size_t n, std::size_t j) {
  const std::size_t D = story.tensor(op.inputs[0]).shape[1];
  std::vector<std::size_t> inputs;
  for (std::size_t i = 0; i < D; ++i)
    if (story.selection.concerns(Element{op.inputs[0], n * D + i}) ||
        story.selection.concerns(Element{op.inputs[1], j * D + i}))
      inputs.push_back(i);
  return inputs;
}

/// z[n,j] = Σ_i x[n,i]·W[j,i] + b[j]
struct LinearSteps {
  const Story& story;
  const Op& op;
  const Tensor& x = story.tensor(op.inputs[0]);
  const Tensor& W = story.tensor(op.inputs[1]);
  const Tensor& b = story.tensor(op.inputs[2]);
  const Tensor& z = story.tensor(op.output);
  std::size_t D = x.shape[1], H = z.shape[1];

  Summand product(std::size_t n, std::size_t j, std::size_t i) const {
    const double a = x.value[n * D + i], w = W.value[j * D + i];
    return {story.digits.product(a, w), a * w};
  }

  Summand bias(std::size_t j) const { return {story.digits.number(b.value[j]), b.value[j]}; }

  bool only_one_product() const {
    const std::size_t first = story.selection.elements(op.output).front();
    return story.selection.element() && D > few_inputs && inputs_concerned(story, op, first / H, first % H).size() <= 1;
  }

  Step in_full() const {
    Step step;
    const std::string n = axis(story, op.output, 0, "n"), j = axis(story, op.output, 1, "j");
    std::string sum = fmt::format("Σ_i {}[{},i]·{}[{},i]", x.name, n, W.name, j);
    if (D <= 3) {
      sum.clear();
      for (std::size_t i = 0; i < D; ++i)
        sum += fmt::format("{}{}[{},{}]·{}[{},{}]", i > 0 ? " + " : "", x.name, n, i, W.name, j, i);
    }
    step.rule = {rule(fmt::format("{}[{},{}]", z.name, n, j), {fmt::format("{} + {}[{}]", sum, b.name, j)})};
    for (const std::size_t e : lines_of(story, op.output)) {
      std::vector<Summand> summands;
      for (std::size_t i = 0; i < D; ++i) summands.push_back(product(e / H, e % H, i));
      summands.push_back(bias(e % H));
      step.numbers.push_back(summed(e, story.digits.sum(summands)));
    }
    return step;
  }

  /// Of a wide layer, the one product that the target is in; all the others are one number.
  Step in_short() const {
    Step step;
    const std::size_t first = story.selection.elements(op.output).front();
    const auto concerned = inputs_concerned(story, op, first / H, first % H);
    const std::string n = axis(story, op.output, 0, "n"), j = axis(story, op.output, 1, "j");
    const std::string rest = fmt::format("\"{}\"[{},{}]", tr("rest"), n, j);
    if (concerned.empty())
      step.rule = {rule(fmt::format("{}[{},{}]", z.name, n, j), {fmt::format("{} + {}[{}]", rest, b.name, j)})};
    else
      step.rule = {
          rule(fmt::format("{}[{},{}]", z.name, n, j),
               {fmt::format("{}[{},{}]·{}[{},{}] + {}", x.name, n, concerned[0], W.name, j, concerned[0], rest)})};
    for (const std::size_t e : lines_of(story, op.output)) {
      double others = concerned.empty() ? 0 : b.value[e % H];
      for (std::size_t i = 0; i < D; ++i)
        if (concerned.empty() || i != concerned[0]) others += product(e / H, e % H, i).value;
      const Summand remaining{story.digits.number(others), others};
      step.numbers.push_back(
          summed(e, story.digits.sum(concerned.empty() ? std::vector{remaining, bias(e % H)}
                                                       : std::vector{product(e / H, e % H, concerned[0]), remaining})));
    }
    const std::string name = story.selection.element() ? story.record.name_of(*story.selection.element()) : "";
    step.before.push_back(concerned.empty()
                              ? trn("The rest is the sum of {n} product. It does not depend on ${name}$.",
                                    "The rest is the sum of {n} products. It does not depend on ${name}$.", D,
                                    fmt::arg("n", D), fmt::arg("name", name))
                              : trn("The rest is the bias and {n} other product. It does not depend on ${name}$.",
                                    "The rest is the bias and {n} other products. It does not depend on ${name}$.",
                                    D - 1, fmt::arg("n", D - 1), fmt::arg("name", name)));
    return step;
  }

  /// A sum over one or more lines.
  Equation summed(std::size_t e, const std::vector<Math>& lines) const {
    bool exact = true;
    for (const Math& line : lines) exact = exact && line.exact;
    Equation equation{z.element_name(e), {}};
    for (const Math& line : lines) equation.parts.push_back({equation.parts.empty() ? (exact ? "=" : "≈") : "", line});
    return equation;
  }
};

/// p[n,k] = exp(z[n,k])/(Σ_j exp(z[n,j]))
Step softmax_forward(const Story& story, const Op& op) {
  Step step;
  const Tensor& z = story.tensor(op.inputs[0]);
  const std::string n = axis(story, op.output, 0, "n"), k = axis(story, op.output, 1, "k");
  const std::size_t C = z.shape[1];
  std::vector<std::size_t> lines = lines_of(story, op.output);
  const Op* loss = story.record.producer(story.record.loss());
  if (story.selection.element() && loss && loss->kind == OpKind::cross_entropy && loss->inputs[0] == op.output) {
    // Of many classes, the loss asks only for the label's, and the way back only for the logits that are told of.
    std::set<std::size_t> asked;
    for (const std::size_t e : lines_of(story, op.inputs[0])) asked.insert(e);
    for (const std::size_t e : label_lines_of(story, *loss)) asked.insert(e);
    if (!asked.empty()) lines.assign(asked.begin(), asked.end());
  }
  bool large = false;
  for (const std::size_t e : lines)
    for (std::size_t j = 0; j < C; ++j) large = large || std::abs(z.value[e / C * C + j]) > 30;
  const std::string shift = large ? fmt::format(" - m[{}]", n) : "";
  step.rule = {rule(fmt::format("{}[{},{}]", story.name(op.output), n, k),
                    {fmt::format("exp({0}[{1},{3}]{2})/(Σ_j exp({0}[{1},j]{2}))", z.name, n, shift, k)})};
  if (large)
    step.before.push_back(
        tr("$m[{row}]$ is the largest of the row. Subtracting it changes no probability, and exp stays in range.",
           fmt::arg("row", n)));
  for (const std::size_t e : lines) {
    const double* row = &z.value[e / C * C];
    const double m = large ? *std::max_element(row, row + C) : 0;
    const auto power = [&](std::size_t j) {
      return Math("exp(") + story.digits.number(row[j]) + (large ? Math(" - ") + story.digits.factor(m) : Math("")) +
             ")";
    };
    Math below;
    double total = 0;
    for (std::size_t j = 0; j < C; ++j) {
      total += std::exp(row[j] - m);
      if (C <= 6 || j < 2 || j + 1 == C) below = below + (j == 0 ? "" : " + ") + power(j);
      if (C > 6 && j == 2) below = below + " + …";
    }
    step.numbers.push_back(plugged_in(
        story.element(op.output, e), {power(e % C) + "/(" + below + ")", story.digits.number(std::exp(row[e % C] - m)) +
                                                                             "/" + story.digits.number(total)}));
    step.result.push_back(
        plugged_in(story.element(op.output, e), {story.digits.number(story.tensor(op.output).value[e])}));
  }
  step.after = told_shortened(story, lines.size(), story.tensor(op.output).size());
  return step;
}

Step elementwise_forward(const Story& story, const Op& op) {
  Step step;
  const auto symbols = [&](std::size_t slot) { return Operand::symbol(place(story, op.inputs[slot])); };
  const bool binary = op.inputs.size() > 1;
  step.rule = {rule(place(story, op.output), {forward_rule(op, symbols(0), binary ? symbols(1) : Operand{})})};
  for (const std::size_t e : lines_of(story, op.output)) {
    const auto number = [&](std::size_t slot) {
      const double value = story.tensor(op.inputs[slot]).value[e];
      return Operand{story.digits.number(value), story.digits.factor(value)};
    };
    step.numbers.push_back(
        plugged_in(story.element(op.output, e), {forward_rule(op, number(0), binary ? number(1) : Operand{})}));
  }
  return step;
}

}  // namespace

Step scalar_forward(const Story& story, const Op& op) {
  Step step;
  if (op.kind == OpKind::linear) {
    const LinearSteps linear{story, op};
    step = linear.only_one_product() ? linear.in_short() : linear.in_full();
  } else if (op.kind == OpKind::softmax) {
    step = softmax_forward(story, op);
  } else {
    step = elementwise_forward(story, op);
  }
  step.title = forward_title(story, op);
  if (step.result.empty()) {
    const auto lines = lines_of(story, op.output);
    for (const std::size_t e : lines)
      step.result.push_back(
          plugged_in(story.element(op.output, e), {story.digits.number(story.tensor(op.output).value[e])}));
    for (auto& text : told_shortened(story, lines.size(), story.selection.elements(op.output).size()))
      step.after.push_back(std::move(text));
  }
  for (auto& text : kinks_of(story, op)) step.after.push_back(std::move(text));
  return step;
}

}  // namespace gradwalk::walk
