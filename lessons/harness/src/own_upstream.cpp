#include "own_upstream.hpp"

#include <algorithm>
#include <cmath>

#include "propagation.hpp"

namespace gradwalk::harness {
namespace {

const NamedTensor* answer_to(const std::vector<NamedTensor>& answered, const std::string& name, std::size_t size) {
  const auto found =
      std::find_if(answered.begin(), answered.end(), [&](const NamedTensor& t) { return t.name == name; });
  return found != answered.end() && found->values.size() == size ? &*found : nullptr;
}

// Of order one are all numbers that the judge draws. A factor 1/N too many, or two, is a student's mistake; at a
// fiftieth, tanh' still differs from 1 by more than the tolerance of a check.
constexpr double smallest_part = 0.02, largest_multiple = 100;
constexpr double share_needed = 0.25;

std::size_t count_above(const std::vector<double>& numbers, double bound) {
  return static_cast<std::size_t>(
      std::count_if(numbers.begin(), numbers.end(), [&](double one) { return std::abs(one) >= bound; }));
}

/// Numbers that are the same but for rounding count once.
std::size_t count_different(std::vector<double> numbers) {
  std::sort(numbers.begin(), numbers.end());
  const auto same = [](double a, double b) { return std::abs(a - b) <= 1e-9 * std::abs(b); };
  return static_cast<std::size_t>(std::unique(numbers.begin(), numbers.end(), same) - numbers.begin());
}

/// In how many rows, or columns, two numbers at least are above the bound. In all others a sum has one term, and a
/// Jacobian is its diagonal.
std::size_t lines_of_several(const std::vector<double>& numbers, const Shape& shape, double bound, bool columns) {
  const std::size_t lines = shape[columns ? 1 : 0], length = shape[columns ? 0 : 1];
  std::size_t count = 0;
  for (std::size_t line = 0; line < lines; ++line) {
    std::size_t above = 0;
    for (std::size_t i = 0; i < length; ++i)
      above += std::abs(numbers[columns ? i * lines + line : line * length + i]) >= bound;
    count += above >= 2;
  }
  return count;
}

/// Whether what is computed from `own` says as much about a rule as what is computed from `right`.
bool tells_as_much(const std::vector<double>& own, const std::vector<double>& right, const Shape& shape) {
  if (own == right) return true;
  double sum = 0, largest = 0;
  for (const double one : right) {
    sum += std::abs(one);
    largest = std::max(largest, std::abs(one));
  }
  for (const double one : own)
    if (!(std::abs(one) <= largest_multiple * largest)) return false;  // one giant hides all others in a sum
  const double bound = smallest_part * sum / static_cast<double>(right.size());
  const auto enough = [](std::size_t count, std::size_t of) {
    return count > 0 && static_cast<double>(count) >= share_needed * static_cast<double>(of);
  };
  if (shape.size() == 2)
    for (const bool columns : {false, true})
      if (const std::size_t of = lines_of_several(right, shape, bound, columns);
          of > 0 && !enough(lines_of_several(own, shape, bound, columns), of))
        return false;
  return bound > 0 && enough(count_above(own, bound), count_above(right, bound)) &&
         enough(count_different(own), count_different(right));
}

/// All that the rule of one tensor uses: of a value, what it is computed from; of a gradient, what comes back from the
/// tensor's users and what their local derivatives are taken at.
bool inputs_tell(const Record& own, const Record& right, const Asked& which) {
  const auto value = [&](TensorId id) { return tells_as_much(own[id].value, right[id].value, right[id].shape); };
  for (const Op& op : own.ops) {
    const bool uses = std::find(op.inputs.begin(), op.inputs.end(), which.tensor) != op.inputs.end();
    if (which.gradient ? !uses : op.output != which.tensor) continue;
    if (!std::all_of(op.inputs.begin(), op.inputs.end(), value)) return false;
    const Tensor& output = right[op.output];
    if (which.gradient && !(value(op.output) && tells_as_much(own[op.output].gradient, output.gradient, output.shape)))
      return false;
  }
  return true;
}

}  // namespace

OwnNumbers from_own_numbers(const Trace& trace, const std::vector<NamedTensor>& answered, const std::string& name) {
  Trace own = trace;
  Record& record = own.record;
  const Asked which = asked(record, name);
  for (const Op& op : record.ops) {
    Tensor& output = record.tensors[op.output];
    output.value = values_of(record, op);
    const bool is_the_one = !which.gradient && op.output == which.tensor;
    if (const NamedTensor* given = answer_to(answered, output.name, output.size()); given && !is_the_one)
      output.value = given->values;
  }
  const auto result = [&](const std::vector<double>& values, const std::vector<double>& right) {
    const bool telling =
        inputs_tell(record, trace.record, which) && tells_as_much(values, right, record[which.tensor].shape);
    return OwnNumbers{values, telling, own};
  };
  if (!which.gradient) return result(record[which.tensor].value, trace.record[which.tensor].value);

  clear_gradients(record);
  record.tensors[own.last].gradient = own.upstream;
  for (auto op = record.ops.rbegin(); op != record.ops.rend(); ++op) {
    Tensor& output = record.tensors[op->output];
    if (output.gradient_state == GradientState::none) continue;
    // All shares of this gradient have come in: its consumers stand behind it in the record.
    if (const NamedTensor* given = answer_to(answered, "d" + output.name, output.size());
        given && op->output != which.tensor && op->output != own.last)
      output.gradient = given->values;
    for (std::size_t slot = 0; slot < op->inputs.size(); ++slot) {
      Tensor& input = record.tensors[op->inputs[slot]];
      if (input.gradient_state == GradientState::none) continue;
      const std::vector<double> share = contribution(record, *op, slot);
      for (std::size_t i = 0; i < share.size(); ++i) input.gradient[i] += share[i];
    }
  }
  return result(record[which.tensor].gradient, trace.record[which.tensor].gradient);
}

std::vector<double> tolerance_for(const OwnNumbers& own, const Expected& expected) {
  const auto size_of = [](const std::vector<double>& numbers) {
    double sum = 0;
    for (const double one : numbers) sum += std::abs(one);
    return sum;
  };
  const double part = std::min(1.0, size_of(own.values) / size_of(expected.values));
  std::vector<double> tolerance = expected.tolerance;
  for (double& one : tolerance) one *= part;
  return tolerance;
}

}  // namespace gradwalk::harness
