#include "walk/local_rules.hpp"
#include "walk/slices.hpp"
#include "walk/tell.hpp"

namespace gradwalk::walk {

namespace {

std::vector<Equation> rules_of(const Story& story, const Op& op) {
  const auto in = [&](std::size_t slot) { return general_symbol(story, op.inputs[slot]); };
  const Math out = general_symbol(story, op.output);
  if (op.kind == OpKind::linear)
    return {rule(out, {in(0) + " · " + general_transposed_symbol(story, op.inputs[1]) + " + " + in(2)})};
  if (op.kind != OpKind::softmax) return {rule(out, {forward_rule(op, Operand::of(in(0)), {})})};
  const std::string &p = story.name(op.output), &z = story.name(op.inputs[0]);
  return {rule(out, {Math("softmax(") + in(0) + ")"}),
          rule(p + "[n,k]", {fmt::format("exp({0}[n,k])/(Σ_j exp({0}[n,j]))", z)})};
}

Math numbers_of(const Story& story, const Op& op, Slice slice) {
  const auto in = [&](std::size_t slot) { return values(story, op.inputs[slot], slice); };
  if (op.kind == OpKind::linear) return in(0) + " · " + transposed_values(story, op.inputs[1]) + " + " + in(2);
  const Math z = values(story, op.inputs[0], slice, {8, 7});
  return op.kind == OpKind::softmax ? Math("softmax(") + z + ")" : forward_rule(op, Operand::of(z), {});
}

}  // namespace

Step wide_forward(const Story& story, const Op& op) {
  Step step;
  step.title = forward_title(story, op);
  step.rule = rules_of(story, op);
  for (const Slice& slice : slices_of(story)) {
    const Math left = symbol(story, op.output, slice);
    const Math bare = left.pieces.front().formula;
    step.numbers.push_back(plugged_in(bare, {numbers_of(story, op, slice)}));
    step.result.push_back(plugged_in(bare, {values(story, op.output, slice, {})}));
  }
  if (op.kind == OpKind::linear)
    step.before.push_back(
        tr("Each row of ${x}$ is a sample, each row of ${W}$ a unit. ${W}ᵀ$ is ${W}$ with rows and columns swapped, so "
           "that the shapes fit: "
           "each sample meets each unit. The bias ${b}$ is added to every row.",
           fmt::arg("x", story.name(op.inputs[0])), fmt::arg("W", story.name(op.inputs[1])),
           fmt::arg("b", story.name(op.inputs[2]))));
  else if (op.kind == OpKind::softmax)
    step.before.push_back(tr("Each row becomes probabilities: positive, and 1 together."));
  else
    step.before.push_back(tr("The function goes over every entry by itself. The shape stays."));
  for (auto& text : kinks_of(story, op)) step.after.push_back(std::move(text));
  return step;
}

}  // namespace gradwalk::walk
