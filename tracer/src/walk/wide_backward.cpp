#include "walk/local_rules.hpp"
#include "walk/loss_locals.hpp"
#include "walk/slices.hpp"
#include "walk/softmax_steps.hpp"
#include "walk/tell.hpp"

namespace gradwalk::walk {

namespace {

/// "dz1" or "dz1[2]" without a shape: the left side of numbers and results.
Math left_side(const Story& story, TensorId id, Slice slice) {
  return symbol(story, id, slice, "d").pieces.front().formula;
}

Step through_loss(const Story& story, const Op& op) {
  Step step;
  const TensorId in = op.inputs[0];
  const std::string L = story.loss_name(), target = story.name(in) + "[n,k]";
  step.rule = {rule("d" + target, {fmt::format("∂{0}/∂{0} · ∂{0}/∂{1}", L, target), loss_local(story, op)})};
  for (const Slice& slice : slices_of(story)) {
    const Math left = left_side(story, in, slice);
    step.numbers.push_back(
        plugged_in(left, {cells(story, in, slice, [&](std::size_t e) { return loss_local_numbers(story, op, e); })}));
    step.result.push_back(plugged_in(left, {gradients(story, in, slice, {})}));
  }
  return step;
}

Step through_function(const Story& story, const Op& op) {
  Step step;
  const TensorId in = op.inputs[0], out = op.output;
  const auto local_value = [&](std::size_t e) { return story.digits.number(local_of(story, op, e)); };
  step.before.push_back(
      tr("Each entry goes back alone: upstream times the slope of the function at that entry. $⊙$ multiplies entry by "
         "entry."));
  const Operand z = Operand::of(general_symbol(story, in)), a = Operand::of(general_symbol(story, out));
  step.rule = {
      rule(general_symbol(story, in, "d"), {general_symbol(story, out, "d") + " ⊙ " + local_rule(op, 0, z, {}, a)})};
  for (const Slice& slice : slices_of(story)) {
    const Math left = left_side(story, in, slice), upstream = gradients(story, out, slice);
    std::vector<Math> parts{upstream + " ⊙ " + cells(story, in, slice, local_value)};
    if (needs_working_out(op.kind))
      parts.insert(parts.begin(), upstream + " ⊙ " +
                                      local_rule(op, 0, Operand::of(values(story, in, slice)), {},
                                                 Operand::of(values(story, out, slice))));
    step.numbers.push_back(plugged_in(left, parts));
    step.result.push_back(plugged_in(left, {gradients(story, in, slice, {})}));
  }
  return step;
}

/// dx = dz·W
Step to_layer_input(const Story& story, const Op& op) {
  Step step;
  const TensorId x = op.inputs[0], W = op.inputs[1], z = op.output;
  step.before.push_back(
      tr("Every unit used ${x}$, so what comes back from all units adds up. No transpose here: going back turns ${W}ᵀ$ "
         "into ${W}$.",
         fmt::arg("x", story.name(x)), fmt::arg("W", story.name(W))));
  step.rule = {rule(general_symbol(story, x, "d"), {general_symbol(story, z, "d") + " · " + general_symbol(story, W)})};
  for (const Slice& slice : slices_of(story)) {
    const Math left = left_side(story, x, slice);
    step.numbers.push_back(plugged_in(left, {gradients(story, z, slice) + " · " + values(story, W, slice)}));
    step.result.push_back(plugged_in(left, {gradients(story, x, slice, {})}));
  }
  return step;
}

/// dW = dzᵀ·x, in batch form Σ_n dz[n]ᵀ·x[n]
Step to_weights(const Story& story, const Op& op) {
  Step step;
  const TensorId x = op.inputs[0], W = op.inputs[1], z = op.output;
  const bool by_row = story.form == WalkForm::batch;
  step.before.push_back(
      trn("The same weights met {n} row of the batch, so the product of the matrices sums over it. $d{z}ᵀ$ turns rows "
          "into columns: $d{W}$ has the shape of ${W}$.",
          "The same weights met all {n} rows of the batch, so the product of the matrices sums over them. $d{z}ᵀ$ "
          "turns rows into columns: $d{W}$ has the shape of ${W}$.",
          story.rows(), fmt::arg("n", story.rows()), fmt::arg("z", story.name(z)), fmt::arg("W", story.name(W))));
  const Math left = "d" + story.name(W);
  step.rule = {rule(symbol(story, W, {}, "d"), {Math(by_row ? "Σ_n " : "") + general_transposed_symbol(story, z, "d") +
                                                " · " + general_symbol(story, x)})};
  for (const Slice& slice : slices_of(story)) {
    const Math product = transposed_gradients(story, z, slice) + " · " + values(story, x, slice);
    if (!by_row) {
      step.numbers.push_back(plugged_in(left, {product}));
      continue;
    }
    const std::size_t n = *slice, H = story.tensor(z).shape[1], D = story.tensor(x).shape[1];
    const auto entry = [&](std::size_t e) {
      return story.digits.number(story.tensor(z).gradient[n * H + e / D] * story.tensor(x).value[n * D + e % D]);
    };
    step.numbers.push_back(plugged_in(fmt::format("d{}[{}]ᵀ·{}[{}]", story.name(z), n, story.name(x), n),
                                      {product, cells(story, W, {}, entry)}));
  }
  step.result = {plugged_in(left, {gradients(story, W, {}, {12, 10})})};
  return step;
}

/// db = Σ_n dz[n]
Step to_biases(const Story& story, const Op& op) {
  Step step;
  const TensorId b = op.inputs[2], z = op.output;
  const std::size_t N = story.rows();
  step.before.push_back(
      tr("The bias was added to every row, with the factor 1. So its gradient is the sum of the rows of $d{z}$.",
         fmt::arg("z", story.name(z))));
  const Math left = "d" + story.name(b);
  step.rule = {rule(symbol(story, b, {}, "d"),
                    {Math("Σ_n ") + labelled(fmt::format("d{}[n]", story.name(z)), to_string(story.tensor(b).shape))})};
  std::vector<Math> rows;
  for (std::size_t n = 0; n < N; ++n)
    if (N <= 8 || n < 3 || n + 1 == N) {
      if (N > 8 && n + 1 == N) rows.back() = rows.back() + " + …";
      rows.push_back(Math(rows.empty() ? "" : "+ ") +
                     labelled(gradients(story, z, n, {1, 7}), to_string(story.tensor(b).shape)));
    }
  Equation sum{left, {}};
  bool exact = true;
  for (const Math& row : rows) exact = exact && row.exact;
  for (const Math& row : rows) sum.parts.push_back({sum.parts.empty() ? (exact ? "=" : "≈") : "", row});
  step.numbers = {sum};
  step.result = {plugged_in(left, {gradients(story, b, {}, {})})};
  return step;
}

}  // namespace

void wide_backward(Story& story, const Op& op, std::size_t slot) {
  if (op.kind == OpKind::softmax) return tell_softmax_backward(story, op);
  Step step = is_loss(op.kind)            ? through_loss(story, op)
              : op.kind != OpKind::linear ? through_function(story, op)
              : slot == 0                 ? to_layer_input(story, op)
              : slot == 1                 ? to_weights(story, op)
                                          : to_biases(story, op);
  step.title = backward_title(story, op, slot);
  for (auto& text : notes_on(story, op)) step.before.push_back(std::move(text));
  for (auto& text : dead_units(story, op)) step.after.push_back(std::move(text));
  story.step(std::move(step));
}

}  // namespace gradwalk::walk
