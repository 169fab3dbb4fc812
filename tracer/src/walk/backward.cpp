#include <algorithm>

#include "gradwalk/nn/terms.hpp"
#include "walk/closer_look.hpp"
#include "walk/softmax_steps.hpp"
#include "walk/tell.hpp"

namespace gradwalk::walk {

namespace {

void tell_seed(Story& story) {
  Step step;
  const std::string L = story.loss_name();
  step.title = tr("The seed");
  step.before.push_back(tr("How much does ${L}$ change when ${L}$ itself changes? By exactly as much. So the way back begins with 1.", fmt::arg("L", L)));
  step.before.push_back(tr("From here every step is the same: upstream gradient × local derivative = contribution. Upstream is what came back so far. Local is the slope of this one operation."));
  const Math left = story.is_net() ? Math("d" + L) : Math(story.gradient_name(story.record.loss()));
  const double seed = story.tensor(story.record.loss()).gradient.empty() ? 1 : story.tensor(story.record.loss()).gradient[0];
  step.rule = {rule(left, {fmt::format("∂{0}/∂{0}", L)})};
  if (!story.is_net()) step.rule = {rule(left, {Math("1")})};
  step.numbers = {plugged_in(left, {story.digits.number(seed)})};
  step.result = {plugged_in(left, {story.digits.number(seed)})};
  story.step(std::move(step));
}

bool first_use(const Record& record, std::size_t op, TensorId id) {
  for (std::size_t k = 0; k < op; ++k)
    if (std::find(record.ops[k].inputs.begin(), record.ops[k].inputs.end(), id) != record.ops[k].inputs.end()) return false;
  return true;
}

/// Whether the gradient of `id` is told: it is on the way, and the record has it.
bool is_told(const Story& story, TensorId id) {
  return story.selection.concerns(id) && story.tensor(id).gradient_state == GradientState::computed;
}

void through_net_op(Story& story, const Op& op) {
  // A layer first gives its weights what is theirs, and then hands the rest down.
  for (const std::size_t slot : {std::size_t{1}, std::size_t{2}, std::size_t{0}}) {
    if (slot >= op.inputs.size() || !is_told(story, op.inputs[slot])) continue;
    if (op.kind == OpKind::softmax) {
      tell_softmax_backward(story, op);
    } else if (story.form == WalkForm::scalar) {
      story.step(scalar_backward(story, op, slot));
    } else {
      wide_backward(story, op, slot);
      look_closer_backward(story, op, slot);
    }
  }
}

/// The terms of the one element that the walk was about, added up and held against the record.
void tell_balance(Story& story) {
  const Element target = *story.selection.element();
  const TermSum sum = terms_of(story.record, target);
  if (sum.terms.empty()) return;
  const Digits& d = story.digits;
  Step step;
  const std::string name = story.gradient_name(target.tensor, target.index);
  step.title = tr("The terms, and the record");
  step.before.push_back(trn("{n} term: upstream × local = contribution. The sum must be the gradient that the run recorded.",
                            "{n} terms: upstream × local = contribution. Their sum must be the gradient that the run recorded.", sum.terms.size(), fmt::arg("n", sum.terms.size())));
  step.rule = {rule(name, {Math("\"" + tr("sum of the contributions") + "\"")})};
  const std::size_t count = sum.terms.size();
  for (std::size_t k = 0; k < count; ++k) {
    if (count > 8 && k >= 3 && k + 1 < count) continue;
    const Term& term = sum.terms[k];
    const Math left = story.is_net() ? Math("d" + story.element(term.source.tensor, term.source.index) + " · ∂" + story.element(term.source.tensor, term.source.index) + "/∂" + story.record.name_of(target))
                                     : Math(fmt::format("∂{0}/∂{1} · ∂{1}/∂{2}", story.loss_name(), story.name(term.source.tensor), story.name(target.tensor)));
    step.numbers.push_back(plugged_in(left, {d.product(term.upstream, term.local), d.number(term.contribution)}));
  }
  if (count > 8)
    step.before.push_back(tr("Shown here: {shown} of {all}.", fmt::arg("shown", 4), fmt::arg("all", count)));
  step.result = {plugged_in("\"" + tr("sum") + "\"", {d.number(sum.sum)}), plugged_in("\"" + tr("recorded") + "\" " + name, {d.number(sum.gradient)}),
                 plugged_in("\"" + tr("difference") + "\"", {d.number(sum.residual)})};
  if (sum.residual != 0) step.after.push_back(tr("The difference is rounding: the run added the same terms in another order or with fewer digits."));
  story.step(std::move(step));
}

}  // namespace

void tell_backward(Story& story) {
  story.heading(tr("The backward pass"));
  tell_seed(story);
  for (std::size_t k = story.record.ops.size(); k-- > 0;) {
    const Op& op = story.record.ops[k];
    if (!story.selection.concerns(op.output)) continue;
    if (story.is_net()) {
      through_net_op(story, op);
      continue;
    }
    // A value of an expression may be used often: its gradient is complete when its first use is reached.
    for (std::size_t slot = op.inputs.size(); slot-- > 0;)
      if (const TensorId id = op.inputs[slot]; is_told(story, id) && first_use(story.record, k, id) && (slot == 0 || op.inputs[0] != id))
        story.step(expression_backward(story, id));
  }
  if (story.selection.element() && story.is_net()) tell_balance(story);
}

}  // namespace gradwalk::walk
