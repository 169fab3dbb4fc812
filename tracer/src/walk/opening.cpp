#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "gradwalk/tracer/number.hpp"
#include "walk/slices.hpp"
#include "walk/story.hpp"

namespace gradwalk::walk {

namespace {

std::string title_of(const Story& story) {
  if (const auto e = story.selection.element())
    return tr("Backpropagation to {name}", fmt::arg("name", story.record.name_of(*e)));
  if (const auto t = story.selection.tensor()) return tr("Backpropagation to {name}", fmt::arg("name", story.name(*t)));
  return story.is_net() ? tr("One training step, number by number") : tr("Backpropagation, number by number");
}

std::string what_was_run(const Story& story) {
  const Provenance& from = story.record.provenance;
  if (!story.is_net()) return tr("The expression: {expression}", fmt::arg("expression", from.expression));
  std::string text = tr("The net is {widths}, with {activation} and the loss {loss}.",
                        fmt::arg("widths", fmt::format("{}", fmt::join(from.widths, "-"))),
                        fmt::arg("activation", from.activation), fmt::arg("loss", from.loss));
  const std::size_t N = story.rows();
  text += " " + trn("The batch has $N = {n}$ row.", "The batch has $N = {n}$ rows.", N, fmt::arg("n", N));
  if (!from.data.empty()) text += " " + tr("The data: {data}.", fmt::arg("data", from.data));
  if (!from.rows.empty() && from.rows.size() <= 12)
    text += " " + tr("Rows of the data: {rows}.", fmt::arg("rows", fmt::format("{}", fmt::join(from.rows, ", "))));
  text += " " + tr("This is training step {step}.", fmt::arg("step", from.step));
  return text;
}

bool has_unnamed_parts(const Story& story) {
  const std::string& text = story.record.provenance.expression;
  for (const Op& op : story.record.ops)
    if (text.find(story.name(op.output)) == std::string::npos) return true;
  return false;
}

void tell_notation(Story& story) {
  story.paragraph(
      tr("Each step has three lines: the rule in symbols, the same rule with the numbers in place, the result. All "
         "numbers come from a real run. "
         "They are rounded only to be shown here. Where that happens, the sign is ≈ and not =."));
  const std::string L = story.loss_name();
  if (!story.is_net()) {
    const auto input = std::find_if(story.record.tensors.begin(), story.record.tensors.end(),
                                    [](const Tensor& t) { return t.role == Role::input; });
    if (input != story.record.tensors.end())
      story.paragraph(tr(
          "$∂{f}/∂{x}$ asks: by how much does ${f}$ change when ${x}$ changes a little? That is the gradient of ${x}$.",
          fmt::arg("f", L), fmt::arg("x", input->name)));
    if (has_unnamed_parts(story))
      story.paragraph(tr("Parts of the expression that have no name of their own are called $v1$, $v2$ and so on."));
    return;
  }
  story.paragraph(
      tr("Indices count from 0: $W1[2,0]$ is row 2, column 0 of $W1$; $n$ counts the rows of the batch. Beneath a "
         "matrix stands its shape: (rows, columns). "
         "$dW1$ is short for $∂L/∂W1$: by how much $L$ changes when an entry of $W1$ changes a little. $dW1$ has the "
         "shape of $W1$."));
}

/// The chain from the loss to the target, in one line.
void tell_whole_way(Story& story) {
  const TensorId target = *story.selection.tensor();
  std::vector<TensorId> way{target};
  for (const Op& op : story.record.ops)
    if (story.selection.concerns(op.output)) way.push_back(op.output);
  if (!story.is_net() || way.size() < 2) return;
  std::string chain;
  for (std::size_t k = way.size(); k-- > 1;)
    chain += fmt::format("{}∂{}/∂{}", chain.empty() ? "" : " · ", story.name(way[k]), story.name(way[k - 1]));
  story.paragraph(
      tr("The whole way, from the loss down: ${chain}$. Each factor is one step below. The product is taken from the "
         "left, so that every step needs only what came before it.",
         fmt::arg("chain", fmt::format("∂{0}/∂{1} = {2}", story.loss_name(), story.name(target), chain))));
}

/// The tensors that the told steps start from: what nothing told here computes.
std::vector<TensorId> given_tensors(const Story& story) {
  std::set<TensorId> needed;
  for (const Op& op : story.record.ops)
    if (story.selection.concerns(op.output)) needed.insert(op.inputs.begin(), op.inputs.end());
  std::vector<TensorId> given;
  for (TensorId id = 0; id < story.record.tensors.size(); ++id) {
    const Op* producer = story.record.producer(id);
    const bool told = producer && story.selection.concerns(id) && !(story.selection.tensor() == id);
    if ((needed.contains(id) || story.selection.tensor() == id) && !told && story.tensor(id).role != Role::constant)
      given.push_back(id);
  }
  return given;
}

void tell_given(Story& story) {
  story.heading(tr("What is given"));
  Given given;
  if (const auto e = story.selection.element(); e && story.is_net()) {
    if (const auto& rows = story.sample_rows; !rows.empty())
      story.paragraph(
          tr("Of the {n} rows of the batch, {rows} are written out: the first, the last, and the one with the largest "
             "part in the gradient. The others go the same way.",
             fmt::arg("n", story.rows()), fmt::arg("rows", fmt::format("{}", fmt::join(rows, ", ")))));
    story.paragraph(
        tr("The number that this is about, and the right answers $y$. All other numbers appear where they are used."));
    given.equations.push_back(
        plugged_in(story.record.name_of(*e), {story.digits.number(story.tensor(e->tensor).value[e->index])}));
    if (const auto y = story.record.find("y"))
      given.equations.push_back(plugged_in("y", {values(story, *y, {}, {8, 12})}));
  } else {
    for (const TensorId id : given_tensors(story)) {
      const Tensor& tensor = story.tensor(id);
      given.equations.push_back(plugged_in(tensor.name, {tensor.shape.empty() ? story.digits.number(tensor.value[0])
                                                                              : values(story, id, {}, {12, 10})}));
    }
  }
  story.document.blocks.push_back(std::move(given));
}

}  // namespace

void tell_opening(Story& story) {
  story.document.title = title_of(story);
  story.paragraph(what_was_run(story));
  tell_notation(story);
  if (story.selection.tensor()) tell_whole_way(story);
  tell_given(story);
}

}  // namespace gradwalk::walk
