#include "walk/story.hpp"

#include <algorithm>

namespace gradwalk::walk {

namespace {

WalkForm form_of(const Record& record, const Selection& selection, const WalkOptions& options) {
  // The ops of an expression are on single numbers.
  if (record.provenance.widths.empty()) return WalkForm::scalar;
  if (options.form) return *options.form;
  return selection.element() ? WalkForm::scalar : WalkForm::matrix;
}

}  // namespace

Story::Story(const Record& record_, const WalkOptions& options)
    : record(record_),
      selection(record_, options.wrt),
      form(form_of(record_, selection, options)),
      digits(options.digits) {}

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
