#include <cmath>

#include "gradwalk/nn/expression.hpp"
#include "walk/closer_look.hpp"
#include "walk/tell.hpp"

namespace gradwalk::walk {

namespace {

/// Where NaN and infinity began: said once, after the op that made the first.
void tell_troubles(Story& story) {
  for (const Trouble& trouble : troubles_of(story.record)) {
    const Op& op = story.record.ops[trouble.op];
    story.paragraph(
        tr("Here the numbers break: ${name}$ is {value}, although everything that it is made from is a finite number. "
           "What comes after it is not to be trusted, and the "
           "gradients that pass through it are not either.",
           fmt::arg("name", story.element(op.output, trouble.out)),
           fmt::arg("value", story.digits.number(story.tensor(op.output).value[trouble.out]).pieces[0].formula)));
    return;
  }
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
  for (const Op& op : story.record.ops) {
    if (!story.selection.concerns(op.output)) continue;
    if (is_loss(op.kind)) {
      story.heading(tr("The loss"));
      story.step(loss_forward(story, op));
    } else if (story.form == WalkForm::scalar) {
      story.step(scalar_forward(story, op));
    } else {
      story.step(wide_forward(story, op));
      look_closer_forward(story, op);
    }
  }
  tell_troubles(story);
}

}  // namespace gradwalk::walk
