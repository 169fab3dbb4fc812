#include "walk/story.hpp"

#include <algorithm>
#include <cmath>

#include "gradwalk/nn/terms.hpp"

namespace gradwalk::walk {

namespace {

WalkForm form_of(const Record& record, const Selection& selection, const WalkOptions& options) {
  // The ops of an expression are on single numbers.
  if (record.provenance.widths.empty()) return WalkForm::scalar;
  if (options.form) return *options.form;
  return selection.element() ? WalkForm::scalar : WalkForm::matrix;
}

std::vector<std::size_t> sample_rows_of(const Story& story) {
  constexpr std::size_t few = 4;
  const std::size_t N = story.rows();
  const auto element = story.selection.element();
  if (!element || !story.is_net() || N <= few || story.tensor(element->tensor).role != Role::parameter) return {};
  if (story.tensor(element->tensor).gradient_state != GradientState::computed) return {};
  // The terms of a weight come from one unit: one for each row, in order.
  const auto terms = terms_of(story.record, *element).terms;
  const auto largest = std::max_element(terms.begin(), terms.end(), [](const Term& a, const Term& b) {
    return std::abs(a.contribution) < std::abs(b.contribution);
  });
  const auto row = static_cast<std::size_t>(largest - terms.begin());
  std::vector<std::size_t> rows{0, N - 1};
  if (row != 0 && row + 1 < N) rows.insert(rows.begin() + 1, row);
  return rows;
}

}  // namespace

Story::Story(const Record& record_, const WalkOptions& options)
    : record(record_),
      selection(record_, options.wrt),
      form(form_of(record_, selection, options)),
      digits(options.digits) {
  sample_rows = sample_rows_of(*this);
}

std::size_t Story::rows() const {
  for (const Tensor& t : record.tensors)
    if (t.role == Role::input && t.shape.size() == 2) return t.shape[0];
  return 1;
}

void Story::step(Step told) {
  // Many elements, each with its line: room is scarce. One alone reads better with a line for each stage.
  if (told.numbers.size() > 1)
    for (Equation& equation : told.numbers) equation = on_one_line(std::move(equation));
  told.number = ++steps;
  document.blocks.push_back(std::move(told));
}

void Story::closer_look(Step told) {
  told.number = 0;
  document.blocks.push_back(std::move(told));
}

std::string Story::gradient_name(TensorId id, std::size_t index) const {
  return is_net() ? "d" + element(id, index) : fmt::format("∂{}/∂{}", loss_name(), name(id));
}

std::string Story::gradient_name(TensorId id) const { return is_net() ? "d" + name(id) : gradient_name(id, 0); }

bool is_loss(OpKind kind) {
  return kind == OpKind::cross_entropy || kind == OpKind::softmax_cross_entropy || kind == OpKind::binary_logistic ||
         kind == OpKind::squared_error || kind == OpKind::absolute_error;
}

}  // namespace gradwalk::walk
