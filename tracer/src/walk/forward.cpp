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
    const std::string inputs = story.element(op.inputs[0], op.kind == OpKind::linear || story.tensor(op.inputs[0]).size() != story.tensor(op.output).size() ? 0 : trouble.out);
    (void)inputs;
    story.paragraph(tr("Here the numbers break: ${name}$ is {value}, although everything that it is made from is a finite number. What comes after it is not to be trusted, and the "
                       "gradients that pass through it are not either.",
                       fmt::arg("name", story.element(op.output, trouble.out)), fmt::arg("value", story.digits.number(story.tensor(op.output).value[trouble.out]).pieces[0].formula)));
    return;
  }
}

}  // namespace

std::string forward_title(const Story& story, const Op& op) {
  const auto out = fmt::arg("out", story.name(op.output));
  if (op.kind == OpKind::linear) return tr("Weighted sums ${out}$", out);
  if (op.kind == OpKind::softmax) return tr("Probabilities ${out}$: softmax", out);
  if (story.is_net()) return tr("Activation ${out}$: {function}", out, fmt::arg("function", std::string(name_of(op.kind))));
  return tr("Forward to ${out}$", out);
}

std::vector<std::string> kinks_of(const Story& story, const Op& op) {
  const auto& a = story.tensor(op.inputs[0]).value;
  const std::string f = std::string(name_of(op.kind)), name = story.name(op.inputs[0]);
  if (op.kind == OpKind::max) {
    const std::string other = story.name(op.inputs[1]);
    if (a[0] != story.tensor(op.inputs[1]).value[0]) return {};
    return {tr("${a}$ and ${b}$ are equal. There max has a kink: no slope is the only right one. By agreement the first one, ${a}$, gets the whole gradient.", fmt::arg("a", name), fmt::arg("b", other))};
  }
  if (op.kind != OpKind::relu && op.kind != OpKind::leaky_relu && op.kind != OpKind::abs) return {};
  std::size_t at_zero = 0, first = 0;
  for (std::size_t e = a.size(); e-- > 0;)
    if (a[e] == 0) ++at_zero, first = e;
  std::vector<std::string> told;
  if (op.kind == OpKind::relu) {
    std::size_t shut = 0;
    for (double z : a) shut += z <= 0;
    if (shut > 0 && a.size() > 1)
      told.push_back(trn("{n} of the {all} entries is ≤ 0. It becomes 0, and on the way back nothing passes it.", "{n} of the {all} entries are ≤ 0. They become 0, and on the way back nothing passes them.",
                         shut, fmt::arg("n", shut), fmt::arg("all", a.size())));
    else if (shut > 0)
      told.push_back(tr("${a}$ ≤ 0, so the result is 0, and on the way back nothing passes.", fmt::arg("a", name)));
  }
  if (at_zero > 0)
    told.push_back(tr("${a}$ is exactly 0. There {function} has a kink: no slope is the only right one. By agreement it counts as {slope}.", fmt::arg("a", story.element(op.inputs[0], first)),
                      fmt::arg("function", f), fmt::arg("slope", op.kind == OpKind::leaky_relu ? story.digits.number(op.attribute("slope", 0.01)).pieces[0].formula : std::string("0"))));
  return told;
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
