#include <algorithm>

#include "gradwalk/nn/expression.hpp"
#include "walk/closer_look.hpp"
#include "walk/tell.hpp"

namespace gradwalk::walk {

namespace {

/// What made a number that is not finite out of finite ones.
std::string cause_of(const Story& story, const Trouble& trouble) {
  const Op& op = story.record.ops[trouble.op];
  const auto& first = story.tensor(op.inputs[0]).value;
  switch (op.kind) {
    case OpKind::div:
      return tr("a division by 0");
    case OpKind::log:
      return first[trouble.out] == 0 ? tr("the logarithm of 0") : tr("the logarithm of a negative number");
    case OpKind::pow:
      return tr("a power that no number is the result of");
    case OpKind::cross_entropy:
      return tr("the logarithm of a probability that has become 0");
    default:
      return tr("a result too large for a number of the computer");
  }
}

/// Where NaN and infinity begin: said in the step that makes them.
std::vector<std::string> troubles_in(const Story& story, const std::vector<Trouble>& troubles, std::size_t op) {
  const auto begins_here = [&](const Trouble& trouble) { return trouble.op == op; };
  const auto first = std::find_if(troubles.begin(), troubles.end(), begins_here);
  if (first == troubles.end()) return {};
  const Element broken{story.record.ops[op].output, first->out};
  return {
      tr("Here the numbers break: ${name}$ is {value}, although all that it is made from is finite. The cause is "
         "{cause}. Whatever "
         "depends on it is lost as well.",
         fmt::arg("name", story.record.name_of(broken)),
         fmt::arg("value", story.digits.number(story.tensor(broken.tensor).value[broken.index]).pieces[0].formula),
         fmt::arg("cause", cause_of(story, *first)))};
}

}  // namespace

std::string forward_title(const Story& story, const Op& op) {
  const auto out = fmt::arg("out", story.name(op.output));
  if (op.kind == OpKind::linear) return tr("Weighted sums ${out}$", out);
  if (op.kind == OpKind::softmax) return tr("Probabilities ${out}$: softmax", out);
  if (story.is_net())
    return tr("Activation ${out}$: {function}", out, fmt::arg("function", std::string(name_of(op.kind))));
  return tr("Compute ${out}$", out);
}

void tell_forward(Story& story) {
  story.heading(tr("The forward pass"));
  const std::vector<Trouble> troubles = troubles_of(story.record);
  for (std::size_t k = 0; k < story.record.ops.size(); ++k) {
    const Op& op = story.record.ops[k];
    if (!story.selection.concerns(op.output)) continue;
    if (is_loss(op.kind)) story.heading(tr("The loss"));
    Step step = is_loss(op.kind)                 ? loss_forward(story, op)
                : story.form == WalkForm::scalar ? scalar_forward(story, op)
                                                 : wide_forward(story, op);
    for (auto& text : troubles_in(story, troubles, k)) step.after.push_back(std::move(text));
    story.step(std::move(step));
    if (story.form != WalkForm::scalar) look_closer_forward(story, op);
  }
}

}  // namespace gradwalk::walk
