#include <algorithm>

#include "walk/closer_look.hpp"
#include "walk/softmax_steps.hpp"
#include "walk/tell.hpp"

namespace gradwalk::walk {

namespace {

void tell_seed(Story& story) {
  Step step;
  const std::string L = story.loss_name();
  step.title = tr("The seed");
  step.before.push_back(
      tr("How much does ${L}$ change when ${L}$ itself changes? By exactly as much. So the way back begins with 1.",
         fmt::arg("L", L)));
  step.before.push_back(
      tr("From here every step is the same: upstream gradient × local derivative = contribution. Upstream is what came "
         "back so far. Local is the slope of this one operation."));
  const Math left = story.is_net() ? Math("d" + L) : Math(story.gradient_name(story.record.loss()));
  const double seed =
      story.tensor(story.record.loss()).gradient.empty() ? 1 : story.tensor(story.record.loss()).gradient[0];
  step.rule = {rule(left, {fmt::format("∂{0}/∂{0}", L)})};
  if (!story.is_net()) step.rule = {rule(left, {Math("1")})};
  step.numbers = {plugged_in(left, {story.digits.number(seed)})};
  step.result = {plugged_in(left, {story.digits.number(seed)})};
  story.step(std::move(step));
}

bool first_use(const Record& record, std::size_t op, TensorId id) {
  for (std::size_t k = 0; k < op; ++k)
    if (std::find(record.ops[k].inputs.begin(), record.ops[k].inputs.end(), id) != record.ops[k].inputs.end())
      return false;
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
    } else if (op.kind == OpKind::softmax_cross_entropy) {
      tell_fused_softmax_backward(story, op);
    } else if (story.form == WalkForm::scalar) {
      story.step(scalar_backward(story, op, slot));
    } else {
      wide_backward(story, op, slot);
      look_closer_backward(story, op, slot);
    }
  }
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
      if (const TensorId id = op.inputs[slot];
          is_told(story, id) && first_use(story.record, k, id) && (slot == 0 || op.inputs[0] != id))
        story.step(expression_backward(story, id));
  }
}

}  // namespace gradwalk::walk
