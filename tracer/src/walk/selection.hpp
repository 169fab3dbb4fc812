#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "gradwalk/nn/record.hpp"

namespace gradwalk::walk {

/// What a walkthrough is about: everything, or only what lies between the loss and one tensor or one element.
class Selection {
 public:
  /// Throws InputError when `wrt` is not in the record or has no gradient.
  Selection(const Record& record, const std::string& wrt);

  /// One element alone, without what depends on it: a closer look.
  static Selection just(const Record& record, Element e);

  bool everything() const { return !tensor_; }
  std::optional<TensorId> tensor() const { return tensor_; }
  std::optional<Element> element() const { return element_; }

  /// Whether the loss depends on the target through this tensor; the target itself counts.
  bool concerns(TensorId id) const { return !elements_[id].empty(); }
  /// The elements of a tensor through which it does, in order.
  const std::vector<std::size_t>& elements(TensorId id) const { return elements_[id]; }
  bool concerns(Element e) const;

 private:
  explicit Selection(std::size_t tensors) : elements_(tensors) {}

  std::optional<TensorId> tensor_;
  std::optional<Element> element_;
  std::vector<std::vector<std::size_t>> elements_;  // by tensor
};

}  // namespace gradwalk::walk
