#include <cmath>

#include "gradwalk/harness/judge.hpp"

namespace gradwalk::harness {
namespace {

/// "dW[0,1]" for element 1 of a (2, 3) tensor.
std::string element_name(const std::string& name, const Shape& shape, std::size_t index) {
  Tensor tensor;
  tensor.name = name;
  tensor.shape = shape;
  return tensor.element_name(index);
}

bool is_untouched(const Expected& expected, const std::vector<double>& got) {
  for (std::size_t i = 0; i < got.size(); ++i)
    if (got[i] != (expected.untouched.empty() ? 0 : expected.untouched[i])) return false;
  return true;
}

}  // namespace

OutputVerdict compare(const Expected& expected, const NamedTensor* got) {
  OutputVerdict verdict;
  verdict.name = expected.name;
  verdict.step = expected.step;
  verdict.expected_shape = expected.shape;
  verdict.elements = expected.values.size();
  verdict.fault = Fault::missing;
  verdict.wrong = verdict.elements;
  if (!got) return verdict;
  verdict.shape = got->shape;
  if (got->shape != expected.shape || got->values.size() != expected.values.size()) {
    verdict.fault = got->values.empty() ? Fault::untouched : Fault::wrong_shape;
    return verdict;
  }
  verdict.wrong = 0;
  if (expected.complaint) {
    verdict.complaint = expected.complaint(got->values);
    if (verdict.complaint.empty() && verdict.elements > 0)
      verdict.fault = Fault::none;
    else
      verdict.fault = is_untouched(expected, got->values) ? Fault::untouched : Fault::different;
    return verdict;
  }
  bool finite = true;
  for (std::size_t i = 0; i < expected.values.size(); ++i) {
    const bool right = std::abs(got->values[i] - expected.values[i]) <= expected.tolerance[i];  // false for NaN
    if (right) continue;
    finite = finite && std::isfinite(got->values[i]);
    if (verdict.wrong++ > 0) continue;
    verdict.first = element_name(expected.name, expected.shape, i);
    verdict.wanted = expected.values[i];
    verdict.got = got->values[i];
  }
  if (verdict.wrong == 0)
    verdict.fault = verdict.elements > 0 ? Fault::none : Fault::missing;
  else if (!finite)
    verdict.fault = Fault::not_finite;
  else
    verdict.fault = is_untouched(expected, got->values) ? Fault::untouched : Fault::different;
  return verdict;
}

}  // namespace gradwalk::harness
