#include "substituted_tensors.hpp"

#include <fmt/format.h>

#include <string>

#include "explanations.hpp"
#include "gradwalk/tracer/language.hpp"
#include "predictions.hpp"
#include "propagation.hpp"

namespace gradwalk::harness {
namespace {

constexpr std::size_t telling_elements = 3;

struct Named {
  std::string name;
  Shape shape;
  const std::vector<double>* numbers;
};

/// Every value and every gradient, as the lesson calls them.
std::vector<Named> all_numbers(const Record& record) {
  std::vector<Named> all;
  for (const Tensor& tensor : record.tensors) {
    if (tensor.role != Role::target) all.push_back({tensor.name, tensor.shape, &tensor.value});
    if (tensor.gradient_state == GradientState::computed)
      all.push_back({"d" + tensor.name, tensor.shape, &tensor.gradient});
  }
  return all;
}

/// What an op takes: the value of one of its inputs, or the upstream gradient of its output.
struct Taken {
  std::size_t op;
  TensorId tensor;
  bool gradient;
};

std::vector<Taken> all_taken(const Record& record) {
  std::vector<Taken> all;
  for (std::size_t op = record.ops.size(); op-- > 0;) {
    for (const TensorId input : record.ops[op].inputs)
      if (record[input].role != Role::target) all.push_back({op, input, false});
    if (record[record.ops[op].output].gradient_state == GradientState::computed)
      all.push_back({op, record.ops[op].output, true});
  }
  return all;
}

/// The answer when `op` takes `numbers` in the place of what it should, at the output or at the share of one input.
std::vector<double> answer_with(const Check& check, const Expected& expected, const Taken& taken, std::size_t slot,
                                const std::vector<double>& numbers) {
  const auto wrong = [&](const Site& site) {
    Record changed = site.record();
    Tensor& tensor = changed.tensors[taken.tensor];
    (taken.gradient ? tensor.gradient : tensor.value) = numbers;
    const Op& op = changed.ops[site.op];
    return site.is_forward() ? values_of(changed, op) : contribution(changed, op, site.slot);
  };
  const Mistake mistake{"", nullptr, wrong, nullptr};
  const Alteration here{&mistake, {taken.op}, slot};
  return altered(*check.trace, nullptr, {&here, 1}).tensor(expected.name).values;
}

}  // namespace

Explanation with_another_tensor(const Check& check, const Expected& expected, const std::vector<double>& got) {
  if (!is_traced(check, expected.name) || got.size() < telling_elements) return {};
  const Record& record = check.trace->record;
  const std::vector<Named> named = all_numbers(record);
  for (const Named& other : named)
    if (other.shape == expected.shape && other.name != expected.name && same(got, *other.numbers, expected.tolerance))
      return {"another-tensor", tr("with {other} in its place", fmt::arg("other", other.name)), {}};
  for (const Taken& taken : all_taken(record)) {
    const Tensor& right = record[taken.tensor];
    const std::string right_name = (taken.gradient ? "d" : "") + right.name;
    const std::size_t inputs = record.ops[taken.op].inputs.size();
    for (const Named& other : named) {
      if (other.shape != right.shape || other.name == right_name) continue;
      for (std::size_t slot = 0; slot <= inputs; ++slot) {
        const bool forward = slot == inputs;
        if (forward && taken.gradient) continue;
        if (!forward && record[record.ops[taken.op].inputs[slot]].gradient_state != GradientState::computed) continue;
        const std::vector<double> numbers =
            answer_with(check, expected, taken, forward ? Site::forward_slot : slot, *other.numbers);
        if (!same(got, numbers, expected.tolerance) || same(expected.values, numbers, expected.tolerance)) continue;
        return {"another-tensor",
                tr("with {other} where {right} belongs", fmt::arg("other", other.name), fmt::arg("right", right_name)),
                {},
                {place_of(record, taken.op, forward ? Site::forward_slot : slot)},
                "another tensor: " + other.name + " for " + right_name};
      }
    }
  }
  return {};
}

}  // namespace gradwalk::harness
