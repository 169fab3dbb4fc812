#include "walk/softmax_steps.hpp"

#include <functional>

#include "walk/loss_locals.hpp"
#include "walk/places.hpp"
#include "walk/slices.hpp"
#include "walk/tell.hpp"

namespace gradwalk::walk {

namespace {

struct SoftmaxSteps {
  Story& story;
  const Op& op;                                // the softmax, or the loss that has it inside
  const Op* cross_entropy;                     // what asks for the label's probability; null for another loss
  std::string pn;                              // what the probabilities are called
  std::function<double(std::size_t e)> p, dp;  // by element of z
  TensorId z = op.inputs[0];
  std::string zn = story.name(z);
  std::size_t C = story.tensor(z).shape[1];

  double probability(std::size_t n, std::size_t k) const { return p(n * C + k); }
  double jacobian(std::size_t n, std::size_t k, std::size_t j) const {
    return probability(n, k) * ((k == j ? 1 : 0) - probability(n, j));
  }

  Math jacobian_matrix(std::size_t n, GridLimits limits) const {
    return Digits::matrix(
        C, C, [&](std::size_t k, std::size_t j) { return story.digits.number(jacobian(n, k, j)); },
        to_string(Shape{C, C}), limits);
  }

  Step the_jacobian() const {
    Step step;
    step.title = tr("The softmax Jacobian, for row 0");
    step.before.push_back(
        tr("Each probability of a row depends on every ${z}$ of that row, because all of them stand in the "
           "denominator. So there is a local derivative for each pair. Together they are a matrix, the Jacobian $J$: "
           "row $k$ is the probability, column "
           "$j$ the ${z}$.",
           fmt::arg("z", zn)));
    step.before.push_back(notes_on(story, op).back());  // what 1[…] is
    step.rule = {rule("J[k,j]",
                      {fmt::format("∂{0}[0,k]/∂{1}[0,j]", pn, zn), fmt::format("{0}[0,k]·(1[k = j] - {0}[0,j])", pn)})};
    const Digits& d = story.digits;
    step.numbers = {plugged_in("J", {Digits::matrix(C, C,
                                                    [&](std::size_t k, std::size_t j) {
                                                      return d.number(probability(0, k)) +
                                                             (k == j ? "·(1 - " : "·(0 - ") +
                                                             d.number(probability(0, j)) + ")";
                                                    },
                                                    to_string(Shape{C, C}), {4, 4})})};
    step.result = {
        plugged_in("J", {jacobian_matrix(0, story.selection.element() ? GridLimits{4, 4} : GridLimits{10, 10})})};
    return step;
  }

  /// dz[n] = dp[n]·J, row by row
  Step the_product() const {
    Step step;
    step.title = tr("The vector–Jacobian product, to ${z}$", fmt::arg("z", zn));
    step.before.push_back(
        tr("Upstream is the row $d{p}[n]$. Each ${z}$ gets something from every probability: the row times the matrix. "
           "Every row of the batch has a $J$ of its own.",
           fmt::arg("p", pn), fmt::arg("z", zn)));
    const std::string row = to_string(Shape{1, C}), square = to_string(Shape{C, C});
    step.rule = {
        rule(labelled("d" + zn + "[n]", row), {labelled("d" + pn + "[n]", row) + " · " + labelled("J", square)}),
        rule(fmt::format("d{}[n,j]", zn), {fmt::format("Σ_k d{}[n,k]·J[k,j]", pn)})};
    for (const std::size_t n : rows_shown()) {
      const std::string left = fmt::format("d{}[{}]", zn, n);
      const Math upstream = cells(story, z, n, [&](std::size_t e) { return story.digits.number(dp(e)); });
      step.numbers.push_back(plugged_in(left, {upstream + " · " + jacobian_matrix(n, {5, 5})}));
      step.result.push_back(plugged_in(left, {gradients(story, z, n, {})}));
    }
    for (auto& text : told_shortened(story, rows_shown().size() * C, story.tensor(z).size()))
      step.after.push_back(std::move(text));
    return step;
  }

  std::vector<std::size_t> rows_shown() const {
    std::vector<std::size_t> rows;
    for (std::size_t n = 0; n < story.rows(); ++n)
      if (story.rows() <= 4 || n < 2 || n + 1 == story.rows()) rows.push_back(n);
    return rows;
  }

  /// (p − y)/N
  Step the_short_form() const {
    Step step;
    const std::string& y = story.name(cross_entropy->inputs[1]);
    step.title = tr("The same in short: softmax and cross-entropy together");
    step.before.push_back(
        tr("Only the label's probability has a gradient, $-1/(N·{p}[n,{y}[n]])$. In the product it meets $J$'s row of "
           "the label, which has ${p}[n,{y}[n]]$ as a factor. "
           "The two cancel, and what is left is simple: probability minus 1 for the label, probability minus 0 for the "
           "others, over $N$.",
           fmt::arg("p", pn), fmt::arg("y", y)));
    const std::string n = story.form == WalkForm::scalar ? axis(story, z, 0, "n") : "n",
                      j = story.form == WalkForm::scalar ? axis(story, z, 1, "j") : "j";
    const std::string derivation =
        fmt::format("-1/(N·{0}[{2},c])·{0}[{2},c]·(1[c = {3}] - {0}[{2},{3}]), c = {1}[{2}]", pn, y, n, j);
    step.rule = {rule(fmt::format("d{}[{},{}]", zn, n, j),
                      {derivation, fmt::format("({0}[{2},{3}] - 1[{3} = {1}[{2}]])/N", pn, y, n, j)})};
    if (story.form == WalkForm::scalar) {
      for (const std::size_t e : lines_of(story, z)) {
        const Math left = story.gradient_name(z, e);
        step.numbers.push_back(
            plugged_in(left, {Math("(") + story.digits.number(p(e)) + (is_label(e) ? " - 1)/" : " - 0)/") + count()}));
        step.result.push_back(plugged_in(left, {story.digits.number(story.tensor(z).gradient[e])}));
      }
      return step;
    }
    for (const Slice& slice : slices_of(story)) {
      const Math left = symbol(story, z, slice, "d").pieces.front().formula;
      const Math labels = cells(story, z, slice, [&](std::size_t e) { return Math(is_label(e) ? "1" : "0"); });
      const Math probabilities = cells(story, z, slice, [&](std::size_t e) { return story.digits.number(p(e)); });
      step.numbers.push_back(plugged_in(left, {Math("1/" + count() + "·(") + probabilities + " - " + labels + ")"}));
      step.result.push_back(plugged_in(left, {gradients(story, z, slice, {})}));
    }
    return step;
  }

  std::string count() const { return fmt::format("{}", story.rows()); }
  bool is_label(std::size_t e) const {
    return story.tensor(cross_entropy->inputs[1]).value[e / C] == static_cast<double>(e % C);
  }
};

/// What the loss with the softmax inside does not show: its p, and what comes back to it.
Step inside_of_loss(const Story& story, const SoftmaxSteps& steps) {
  Step step;
  step.title = tr("Inside the loss: the probabilities $p$ and their gradient");
  step.before.push_back(
      tr("This loss takes ${z}$ and makes the probabilities itself, so the record does not hold them. Taken apart, it "
         "is a softmax and then a cross-entropy. Of the probabilities of a row, only the label's has a gradient.",
         fmt::arg("z", steps.zn)));
  const std::string& y = story.name(steps.op.inputs[1]);
  const auto matrix = [&](const std::function<double(std::size_t)>& number) {
    return cells(story, steps.z, {}, [&](std::size_t e) { return story.digits.number(number(e)); });
  };
  step.rule = {rule("p[n,k]", {fmt::format("exp({0}[n,k])/(Σ_j exp({0}[n,j]))", steps.zn)}),
               rule("dp[n,k]", {fmt::format("-1/(N·p[n,k]) \"{}\" k = {}[n], \"{}\" 0", tr("if"), y, tr("else"))})};
  step.numbers = {plugged_in("p", {Math("softmax(") + values(story, steps.z, {}) + ")"}),
                  plugged_in("dp", {cells(story, steps.z, {}, [&](std::size_t e) {
                               return steps.is_label(e)
                                          ? Math("-1/(" + steps.count() + "·") + story.digits.number(steps.p(e)) + ")"
                                          : Math("0");
                             })})};
  step.result = {plugged_in("p", {matrix(steps.p)}), plugged_in("dp", {matrix(steps.dp)})};
  return step;
}

}  // namespace

void tell_softmax_backward(Story& story, const Op& op) {
  const Tensor& p = story.tensor(op.output);
  const Op* loss = story.record.producer(story.record.loss());
  const bool fits = loss && loss->kind == OpKind::cross_entropy && loss->inputs[0] == op.output;
  const SoftmaxSteps steps{story,
                           op,
                           fits ? loss : nullptr,
                           p.name,
                           [&](std::size_t e) { return p.value[e]; },
                           [&](std::size_t e) { return p.gradient[e]; }};
  story.step(steps.the_jacobian());
  story.step(story.form == WalkForm::scalar ? scalar_backward(story, op, 0) : steps.the_product());
  if (fits) story.step(steps.the_short_form());
}

void tell_fused_softmax_backward(Story& story, const Op& op) {
  const Tensor& z = story.tensor(op.inputs[0]);
  const auto p = [&](std::size_t e) { return softmax_of(z, e); };
  const Tensor& y = story.tensor(op.inputs[1]);
  const std::size_t C = z.shape[1];
  const auto dp = [&](std::size_t e) {
    return y.value[e / C] == static_cast<double>(e % C) ? -1 / (static_cast<double>(story.rows()) * p(e)) : 0.0;
  };
  const SoftmaxSteps steps{story, op, &op, "p", p, dp};
  story.step(inside_of_loss(story, steps));
  story.step(steps.the_jacobian());
  story.step(steps.the_product());
  Step in_short = steps.the_short_form();
  in_short.before.push_back(notes_on(story, op).front());
  in_short.after.push_back(
      tr("The loss goes back by this short form alone: it needs no division by $p$, which may be so small that it "
         "counts as 0."));
  story.step(std::move(in_short));
}

}  // namespace gradwalk::walk
