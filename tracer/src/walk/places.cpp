#include "walk/places.hpp"

#include <algorithm>
#include <set>

namespace gradwalk::walk {

namespace {

/// Of the values that an index takes: all, or the first two and the last.
std::set<std::size_t> few(const std::set<std::size_t>& all, std::size_t limit) {
  if (all.size() <= limit) return all;
  return {*all.begin(), *std::next(all.begin()), *all.rbegin()};
}

std::size_t columns(const Tensor& tensor) { return tensor.shape.empty() ? 1 : tensor.shape.back(); }

}  // namespace

std::string axis(const Story& story, TensorId id, std::size_t dimension, const std::string& letter) {
  const Tensor& tensor = story.tensor(id);
  const auto index_of = [&](std::size_t element) {
    return tensor.shape.size() == 2 && dimension == 0 ? element / columns(tensor) : element % columns(tensor);
  };
  const auto& told = story.selection.elements(id);
  if (told.empty()) return letter;
  const bool same =
      std::all_of(told.begin(), told.end(), [&](std::size_t e) { return index_of(e) == index_of(told.front()); });
  return same ? fmt::format("{}", index_of(told.front())) : letter;
}

std::string place(const Story& story, TensorId id, const std::string& first, const std::string& second) {
  const Tensor& tensor = story.tensor(id);
  if (tensor.shape.empty()) return tensor.name;
  if (tensor.shape.size() == 1) return fmt::format("{}[{}]", tensor.name, axis(story, id, 0, second));
  return fmt::format("{}[{},{}]", tensor.name, axis(story, id, 0, first), axis(story, id, 1, second));
}

std::vector<std::size_t> lines_of(const Story& story, TensorId id) {
  const std::size_t width = columns(story.tensor(id));
  const bool one_element = story.selection.element().has_value();
  std::set<std::size_t> rows, cols;
  for (const std::size_t e : story.selection.elements(id)) {
    rows.insert(e / width);
    cols.insert(e % width);
  }
  if (story.sample_rows.empty())
    rows = few(rows, 10);
  else
    rows = {story.sample_rows.begin(), story.sample_rows.end()};
  cols = few(cols, one_element ? 4 : 16);
  std::vector<std::size_t> picked;
  for (const std::size_t e : story.selection.elements(id))
    if (rows.contains(e / width) && cols.contains(e % width)) picked.push_back(e);
  return picked;
}

std::vector<std::size_t> label_lines_of(const Story& story, const Op& cross_entropy) {
  const std::size_t C = story.tensor(cross_entropy.inputs[0]).shape[1];
  std::set<std::size_t> lines;
  for (const std::size_t e : lines_of(story, cross_entropy.inputs[0]))
    lines.insert(e / C * C + static_cast<std::size_t>(story.tensor(cross_entropy.inputs[1]).value[e / C]));
  return {lines.begin(), lines.end()};
}

std::vector<std::string> told_shortened(const Story&, std::size_t shown, std::size_t all) {
  if (shown >= all) return {};
  return {tr("Shown here: {shown} of {all} elements. The others go the same way.", fmt::arg("shown", shown),
             fmt::arg("all", all))};
}

}  // namespace gradwalk::walk
