#include "walk/softmax_steps.hpp"

#include "walk/places.hpp"
#include "walk/slices.hpp"
#include "walk/tell.hpp"

namespace gradwalk::walk {

namespace {

struct SoftmaxSteps {
  Story& story;
  const Op& op;
  TensorId z = op.inputs[0], p = op.output;
  std::string zn = story.name(z), pn = story.name(p);
  std::size_t C = story.tensor(p).shape[1];

  const Op* loss() const {
    const Op* last = story.record.producer(story.record.loss());
    return last && last->kind == OpKind::cross_entropy && last->inputs[0] == p ? last : nullptr;
  }

  double probability(std::size_t n, std::size_t k) const { return story.tensor(p).value[n * C + k]; }
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
    for (auto& text : notes_on(story, op)) step.before.push_back(std::move(text));
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
      step.numbers.push_back(plugged_in(left, {gradients(story, p, n) + " · " + jacobian_matrix(n, {5, 5})}));
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
  Step the_short_form(const Op& cross_entropy) const {
    Step step;
    const std::string& y = story.name(cross_entropy.inputs[1]);
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
        step.numbers.push_back(plugged_in(left, {Math("(") + story.digits.number(story.tensor(p).value[e]) +
                                                 (is_label(cross_entropy, e) ? " - 1)/" : " - 0)/") + count()}));
        step.result.push_back(plugged_in(left, {story.digits.number(story.tensor(z).gradient[e])}));
      }
      return step;
    }
    for (const Slice& slice : slices_of(story)) {
      const Math left = symbol(story, z, slice, "d").pieces.front().formula;
      const Math labels =
          cells(story, z, slice, [&](std::size_t e) { return Math(is_label(cross_entropy, e) ? "1" : "0"); });
      step.numbers.push_back(
          plugged_in(left, {Math("1/" + count() + "·(") + values(story, p, slice) + " - " + labels + ")"}));
      step.result.push_back(plugged_in(left, {gradients(story, z, slice, {})}));
    }
    return step;
  }

  std::string count() const { return fmt::format("{}", story.rows()); }
  bool is_label(const Op& cross_entropy, std::size_t e) const {
    return story.tensor(cross_entropy.inputs[1]).value[e / C] == static_cast<double>(e % C);
  }
};

}  // namespace

void tell_softmax_backward(Story& story, const Op& op) {
  const SoftmaxSteps steps{story, op};
  story.step(steps.the_jacobian());
  story.step(story.form == WalkForm::scalar ? scalar_backward(story, op, 0) : steps.the_product());
  if (const Op* loss = steps.loss()) story.step(steps.the_short_form(*loss));
}

}  // namespace gradwalk::walk
