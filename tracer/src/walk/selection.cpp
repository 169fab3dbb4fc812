#include "walk/selection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/rules.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk::walk {

namespace {

std::vector<std::size_t> all_of(const Tensor& tensor) {
  std::vector<std::size_t> indices(tensor.size());
  std::iota(indices.begin(), indices.end(), std::size_t{0});
  return indices;
}

}  // namespace

Selection::Selection(const Record& record, const std::string& wrt) : elements_(record.tensors.size()) {
  if (wrt.empty()) {
    for (TensorId id = 0; id < record.tensors.size(); ++id) elements_[id] = all_of(record[id]);
    return;
  }
  if (record.find(wrt)) {
    tensor_ = record.tensor(wrt);
  } else {
    element_ = record.element(wrt);
    tensor_ = element_->tensor;
  }
  const Tensor& target = record[*tensor_];
  if (target.shape.empty()) element_ = Element{*tensor_, 0};
  if (target.gradient_state == GradientState::none)
    throw InputError(
        tr("{name} has no gradient: nothing is differentiated with respect to it", fmt::arg("name", target.name)));
  elements_[*tensor_] = element_ ? std::vector{element_->index} : all_of(target);
  for (const Op& op : record.ops) {
    std::vector<bool> reached(record[op.output].size());
    for (std::size_t slot = 0; slot < op.inputs.size(); ++slot)
      for (const std::size_t index : elements_[op.inputs[slot]]) {
        // Whole tensors reach whole tensors: no need to ask element by element.
        if (!element_) {
          reached.assign(reached.size(), true);
          break;
        }
        for_each_output(record, op, slot, index, [&](std::size_t out, double) { reached[out] = true; });
      }
    for (std::size_t out = 0; out < reached.size(); ++out)
      if (reached[out]) elements_[op.output].push_back(out);
  }
}

Selection Selection::just(const Record& record, Element e) {
  Selection one(record.tensors.size());
  one.elements_[e.tensor] = {e.index};
  return one;
}

bool Selection::concerns(Element e) const {
  return std::binary_search(elements_[e.tensor].begin(), elements_[e.tensor].end(), e.index);
}

}  // namespace gradwalk::walk
