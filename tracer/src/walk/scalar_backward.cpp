#include <algorithm>

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
  return local_rule(op, slot, number(op.inputs[0]), op.inputs.size() > 1 ? number(op.inputs[1]) : Operand{},
                    number(op.output));
}

/// p[n,k]·(1[k = j] − p[n,j])
Math softmax_local_numbers(const Story& story, const Op& op, const Term& term) {
  const auto& p = story.tensor(op.output).value;
  return story.digits.number(p[term.source.index]) + (term.source.index == term.target.index ? "·(1 - " : "·(0 - ") +
         story.digits.number(p[term.target.index]) + ")";
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
    if (op.kind == OpKind::softmax || (elementwise && needs_working_out(op.kind))) {
      const Math local = op.kind == OpKind::softmax ? softmax_local_numbers(story, op, term)
                                                    : local_numbers(story, op, term.slot, target.index);
      formulas.push_back({d.number(term.upstream) + "·" + local, term.contribution});
      worked_out = true;
    } else {
      formulas.push_back(products.back());
    }
  }
  // A walk to one element in a large batch has many of these sums: each is short.
  const std::size_t most = story.sample_rows.empty() ? 12 : 4;
  std::vector<std::vector<Math>> lines;
  if (worked_out) lines.push_back(d.sum(formulas, most));
  lines.push_back(d.sum(products, most));
  if (products.size() > 1) lines.push_back(d.sum(contributions, most));
  return with_continued(story.gradient_name(target.tensor, target.index), lines);
}

/// "x[0,0]" where the local derivative of a term has such a name.
std::string local_name(const Story& story, const Term& term) {
  const Op& op = story.record.ops[term.op];
  const std::string source = story.record.name_of(term.source);
  if (op.kind != OpKind::linear) return fmt::format("∂{}/∂{}", source, story.record.name_of(term.target));
  if (term.slot == 2) return "1";
  const std::size_t D = story.tensor(op.inputs[0]).shape[1], H = story.tensor(op.output).shape[1];
  if (term.slot == 1) return story.element(op.inputs[0], term.source.index / H * D + term.target.index % D);
  return story.element(op.inputs[1], term.source.index % H * D + term.target.index % D);
}

/// The terms of the one element that the walk is about, each on a line; their sum, held against the record.
void tell_terms(const Story& story, Step& step) {
  const Element target = *story.selection.element();
  const TermSum sum = terms_of(story.record, target);
  const Digits& d = story.digits;
  const std::size_t count = sum.terms.size();
  const auto& rows = story.sample_rows;
  const bool shortened = !rows.empty() && count == story.rows();
  double hidden = 0;
  for (std::size_t k = 0; k < count; ++k) {
    const Term& term = sum.terms[k];
    if (shortened && std::find(rows.begin(), rows.end(), k) == rows.end()) {
      hidden += term.contribution;
      continue;
    }
    const Math contribution = d.number(term.contribution);
    step.numbers.push_back(plugged_in("d" + story.record.name_of(term.source) + "·" + local_name(story, term),
                                      {d.product(term.upstream, term.local), contribution}));
  }
  if (shortened) {
    const std::size_t others = count - rows.size();
    step.numbers.push_back(
        plugged_in("\"" + trn("{n} more, together", "{n} more, together", others, fmt::arg("n", others)) + "\"",
                   {d.number(hidden)}));
  }
  const std::string name = story.gradient_name(target.tensor, target.index);
  step.result = {plugged_in("\"" + tr("sum of the terms") + "\"", {d.number(sum.sum)}),
                 plugged_in("\"" + tr("recorded") + "\" " + name, {d.number(sum.gradient)})};
  step.after.push_back(sum.residual == 0
                           ? trn("The run recorded exactly the sum of this {n} term.",
                                 "The run recorded exactly the sum of these {n} terms.", count, fmt::arg("n", count))
                           : tr("The sum of the terms differs from the recorded gradient by ${residual}$. That is "
                                "rounding: the run added them in another order, or with fewer digits.",
                                fmt::arg("residual", d.number(sum.residual).pieces[0].formula)));
}

}  // namespace

std::string backward_title(const Story& story, const Op& op, std::size_t slot) {
  const auto name = fmt::arg("name", story.name(op.inputs[slot]));
  if (is_loss(op.kind)) return tr("Back through the loss, to ${name}$", name);
  if (op.kind == OpKind::softmax) return tr("Back through the softmax, to ${name}$", name);
  if (op.kind != OpKind::linear)
    return tr("Back through {function}, to ${name}$", fmt::arg("function", std::string(name_of(op.kind))), name);
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
    step.rule = {rule("d" + s.target, {fmt::format("{0}∂{1}/∂{2} · ∂{2}/∂{3}", s.sum, L, s.source, s.target),
                                       Math(s.sum + "d" + s.source + "·") + s.local})};
  }
  for (auto& text : notes_on(story, op))
    if (op.kind != OpKind::softmax) step.before.push_back(std::move(text));
  if (op.kind == OpKind::softmax)
    step.before.push_back(
        tr("This is the row $d{p}[n]$ times the Jacobian of that row. Terms with $d{p}[n,k] = 0$ are left out.",
           fmt::arg("p", story.name(op.output))));
  if (op.kind == OpKind::linear && slot != 0)
    step.before.push_back(trn("The same number met {n} row of the batch: one term for it.",
                              "The same number met all {n} rows of the batch: one term for each, and they add up.",
                              story.rows(), fmt::arg("n", story.rows())));
  if (op.kind == OpKind::linear && slot == 0 && story.tensor(op.output).shape[1] > 1)
    step.before.push_back(tr("It went into every unit of the layer: one term for each unit, and they add up."));
  for (auto& text : dead_units(story, op)) step.after.push_back(std::move(text));
  if (story.selection.element() && story.selection.tensor() == in) {
    tell_terms(story, step);
    return step;
  }
  const bool labels_only = op.kind == OpKind::cross_entropy && story.selection.element().has_value();
  const auto lines = labels_only ? label_lines_of(story, op) : lines_of(story, in);
  for (const std::size_t e : lines) {
    const Math left = story.gradient_name(in, e);
    step.numbers.push_back(is_loss(op.kind) ? plugged_in(left, {loss_local_numbers(story, op, e)})
                                            : terms_in_numbers(story, {in, e}));
    step.result.push_back(plugged_in(left, {story.digits.number(story.tensor(in).gradient[e])}));
  }
  if (labels_only)
    step.after.push_back(tr("All others are 0: the loss does not ask for them."));
  else
    for (auto& text : told_shortened(story, lines.size(), story.selection.elements(in).size()))
      step.after.push_back(std::move(text));
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
    const Math local = local_rule(op, term.slot, symbol(op.inputs[0]),
                                  op.inputs.size() > 1 ? symbol(op.inputs[1]) : Operand{}, symbol(op.output));
    with_rules += fmt::format("{}∂{}/∂{}·{}", plus, f, source, local.pieces[0].formula);
  }
  if (sum.terms.size() > 1)
    step.before.push_back(
        trn("${name}$ is used {n} time, so {n} arrow leads out of it towards ${f}$. A change of ${name}$ goes along "
            "all of them, and what arrives adds up: gradients add.",
            "${name}$ is used {n} times, so {n} arrows lead out of it towards ${f}$. A change of ${name}$ goes along "
            "all of them, and what arrives adds up: gradients add.",
            sum.terms.size(), fmt::arg("n", sum.terms.size()), fmt::arg("name", name), fmt::arg("f", f)));
  for (std::size_t k = 1; k < sum.terms.size(); ++k)
    if (sum.terms[k].op == sum.terms[k - 1].op)
      step.before.push_back(
          tr("In ${out}$ it stands twice. Each place counts by itself: its local derivative is taken as if the other "
             "place stood still.",
             fmt::arg("out", story.name(sum.terms[k].source.tensor))));
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
