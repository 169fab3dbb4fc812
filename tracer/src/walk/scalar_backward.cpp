#include <cmath>

#include "gradwalk/nn/terms.hpp"
#include "walk/local_rules.hpp"
#include "walk/loss_locals.hpp"
#include "walk/places.hpp"
#include "walk/tell.hpp"

namespace gradwalk::walk {

namespace {

/// dW[j,i] = Σ_n dz[n,j]·x[n,i] in symbols: what it sums over, the upstream element, the local derivative.
struct Symbols {
  std::string target, sum, source;
  Math local;
};

Symbols symbols_of(const Story& story, const Op& op, std::size_t slot) {
  const TensorId in = op.inputs[slot], out = op.output;
  if (op.kind == OpKind::linear) {
    const std::string &x = story.name(op.inputs[0]), &W = story.name(op.inputs[1]), &z = story.name(out);
    if (slot == 0) {
      const std::string n = axis(story, in, 0, "n"), i = axis(story, in, 1, "i");
      return {fmt::format("{}[{},{}]", x, n, i), "Σ_j ", fmt::format("{}[{},j]", z, n), fmt::format("{}[j,{}]", W, i)};
    }
    const std::string j = axis(story, in, 0, "j");
    if (slot == 2) return {fmt::format("{}[{}]", story.name(in), j), "Σ_n ", fmt::format("{}[n,{}]", z, j), "1"};
    const std::string i = axis(story, in, 1, "i");
    return {fmt::format("{}[{},{}]", W, j, i), "Σ_n ", fmt::format("{}[n,{}]", z, j), fmt::format("{}[n,{}]", x, i)};
  }
  if (op.kind == OpKind::softmax) {
    const std::string n = axis(story, in, 0, "n"), j = axis(story, in, 1, "j");
    const std::string &p = story.name(out), &z = story.name(in);
    return {fmt::format("{}[{},{}]", z, n, j), "Σ_k ", fmt::format("{}[{},k]", p, n),
            fmt::format("{0}[{1},k]·(1[k = {2}] - {0}[{1},{2}])", p, n, j)};
  }
  const Operand a = Operand::symbol(place(story, in)), result = Operand::symbol(place(story, out));
  return {place(story, in), "", place(story, out), local_rule(op, slot, a, {}, result)};
}

Equation with_continued(Math left, const std::vector<std::vector<Math>>& sums) {
  Equation equation{std::move(left), {}};
  for (const auto& lines : sums) {
    bool exact = true;
    for (const Math& line : lines) exact = exact && line.exact;
    for (std::size_t k = 0; k < lines.size(); ++k) equation.parts.push_back({k > 0 ? "" : exact ? "=" : "≈", lines[k]});
  }
  return equation;
}

/// The local derivative of an elementwise op with its numbers, where that is not just a number.
Math local_numbers(const Story& story, const Op& op, std::size_t slot, std::size_t e) {
  const auto number = [&](TensorId id) {
    const double value = story.tensor(id).value[e];
    return Operand{story.digits.number(value), story.digits.factor(value)};
  };
  return local_rule(op, slot, number(op.inputs[0]), op.inputs.size() > 1 ? number(op.inputs[1]) : Operand{}, number(op.output));
}

/// upstream·local for each term, then the contributions, then nothing: the result has its own line.
Equation terms_in_numbers(const Story& story, Element target) {
  const TermSum sum = terms_of(story.record, target);
  const Digits& d = story.digits;
  std::vector<Summand> formulas, products, contributions;
  bool worked_out = false;
  for (const Term& term : sum.terms) {
    const Op& op = story.record.ops[term.op];
    // Of the probabilities the loss asks only for the label's: the others have gradient 0, and so have their terms.
    if (op.kind == OpKind::softmax && term.upstream == 0 && sum.sum != 0) continue;
    Math product = d.product(term.upstream, term.local);
    products.push_back({product, term.contribution});
    contributions.push_back({d.number(term.contribution), term.contribution});
    const bool elementwise = op.kind != OpKind::linear && op.kind != OpKind::softmax && !is_loss(op.kind);
    if (elementwise && needs_working_out(op.kind)) {
      formulas.push_back({d.number(term.upstream) + "·" + local_numbers(story, op, term.slot, target.index), term.contribution});
      worked_out = true;
    } else {
      formulas.push_back(products.back());
    }
  }
  std::vector<std::vector<Math>> lines;
  if (worked_out) lines.push_back(d.sum(formulas));
  lines.push_back(d.sum(products));
  if (products.size() > 1) lines.push_back(d.sum(contributions));
  return with_continued(story.gradient_name(target.tensor, target.index), lines);
}

}  // namespace

std::string backward_title(const Story& story, const Op& op, std::size_t slot) {
  const auto name = fmt::arg("name", story.name(op.inputs[slot]));
  if (is_loss(op.kind)) return tr("Back through the loss, to ${name}$", name);
  if (op.kind == OpKind::softmax) return tr("Back through the softmax, to ${name}$", name);
  if (op.kind != OpKind::linear) return tr("Back through {function}, to ${name}$", fmt::arg("function", std::string(name_of(op.kind))), name);
  if (slot == 1) return tr("The gradient of the weights ${name}$", name);
  if (slot == 2) return tr("The gradient of the biases ${name}$", name);
  return tr("Back through the layer, to ${name}$", name);
}

Step scalar_backward(const Story& story, const Op& op, std::size_t slot) {
  Step step;
  step.title = backward_title(story, op, slot);
  const TensorId in = op.inputs[slot];
  const std::string L = story.loss_name();
  if (is_loss(op.kind)) {
    const std::string target = place(story, in, "n", "k");
    step.rule = {rule("d" + target, {fmt::format("∂{0}/∂{0} · ∂{0}/∂{1}", L, target), loss_local(story, op)})};
  } else {
    const Symbols s = symbols_of(story, op, slot);
    step.rule = {rule("d" + s.target, {fmt::format("{0}∂{1}/∂{2} · ∂{2}/∂{3}", s.sum, L, s.source, s.target), Math(s.sum + "d" + s.source + "·") + s.local})};
  }
  const auto lines = lines_of(story, in);
  for (const std::size_t e : lines) {
    const Math left = story.gradient_name(in, e);
    step.numbers.push_back(is_loss(op.kind) ? plugged_in(left, {loss_local_numbers(story, op, e)}) : terms_in_numbers(story, {in, e}));
    step.result.push_back(plugged_in(left, {story.digits.number(story.tensor(in).gradient[e])}));
  }
  for (auto& text : told_shortened(story, lines.size(), story.selection.elements(in).size())) step.after.push_back(std::move(text));
  return step;
}

Step expression_backward(const Story& story, TensorId target) {
  Step step;
  const std::string& name = story.name(target);
  step.title = tr("Back to ${name}$", fmt::arg("name", name));
  const TermSum sum = terms_of(story.record, {target, 0});
  const std::string f = story.loss_name();
  std::string chain, with_rules;
  for (const Term& term : sum.terms) {
    const Op& op = story.record.ops[term.op];
    const auto symbol = [&](TensorId id) { return Operand::symbol(story.name(id)); };
    const std::string& source = story.name(term.source.tensor);
    const std::string plus = chain.empty() ? "" : " + ";
    chain += fmt::format("{0}∂{1}/∂{2} · ∂{2}/∂{3}", plus, f, source, name);
    const Math local = local_rule(op, term.slot, symbol(op.inputs[0]), op.inputs.size() > 1 ? symbol(op.inputs[1]) : Operand{}, symbol(op.output));
    with_rules += fmt::format("{}∂{}/∂{}·{}", plus, f, source, local.pieces[0].formula);
  }
  if (sum.terms.size() > 1)
    step.before.push_back(trn("${name}$ is used {n} time, so there are {n} ways from ${name}$ to ${f}$. A change of ${name}$ goes all of them, and what arrives adds up: gradients add.",
                              "${name}$ is used {n} times, so there are {n} ways from ${name}$ to ${f}$. A change of ${name}$ goes all of them, and what arrives adds up: gradients add.",
                              sum.terms.size(), fmt::arg("n", sum.terms.size()), fmt::arg("name", name), fmt::arg("f", f)));
  const std::string left = story.gradient_name(target);
  if (sum.terms.empty()) {
    step.before.push_back(tr("Nothing that ${f}$ depends on uses ${name}$.", fmt::arg("f", f), fmt::arg("name", name)));
    step.rule = {rule(left, {Math("0")})};
    step.numbers = {rule(left, {Math("0")})};
  } else {
    step.rule = {rule(left, {chain, with_rules})};
    step.numbers = {terms_in_numbers(story, {target, 0})};
  }
  step.result = {plugged_in(left, {story.digits.number(story.tensor(target).gradient[0])})};
  return step;
}

}  // namespace gradwalk::walk
