#include "walk/closer_look.hpp"

#include <algorithm>

#include "walk/tell.hpp"

namespace gradwalk::walk {

namespace {

/// The story of one entry: the first one that is not 0.
Story story_of_one(const Story& story, TensorId id, const std::vector<double>& numbers) {
  const auto found = std::find_if(numbers.begin(), numbers.end(), [](double v) { return v != 0; });
  Story one = story;
  one.form = WalkForm::scalar;
  one.selection = Selection::just(story.record,
                                  {id, found == numbers.end() ? 0 : static_cast<std::size_t>(found - numbers.begin())});
  return one;
}

std::string title_of(const Story& one, TensorId id, const std::string& prefix) {
  return tr("One entry written out: ${name}$",
            fmt::arg("name", prefix + one.element(id, one.selection.elements(id).front())));
}

}  // namespace

void look_closer_forward(Story& story, const Op& op) {
  if (op.kind != OpKind::linear && op.kind != OpKind::softmax) return;
  const Story one = story_of_one(story, op.output, story.tensor(op.output).value);
  Step step = scalar_forward(one, op);
  step.title = title_of(one, op.output, "");
  step.before.clear();
  step.after.clear();
  story.closer_look(std::move(step));
}

void look_closer_backward(Story& story, const Op& op, std::size_t slot) {
  if (op.kind != OpKind::linear || slot == 2) return;
  const TensorId in = op.inputs[slot];
  const Story one = story_of_one(story, in, story.tensor(in).gradient);
  Step step = scalar_backward(one, op, slot);
  step.title = title_of(one, in, "d");
  step.after.clear();
  story.closer_look(std::move(step));
}

}  // namespace gradwalk::walk
