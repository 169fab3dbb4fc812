#include "gradwalk/harness/check.hpp"

#include <cmath>

namespace gradwalk::harness {
namespace {

// A hundred and sixty roundings to float, each of the size of what is added up. Inputs are drawn so that every mistake
// is a thousand times larger than this.
constexpr double relative_tolerance = 1e-5;
constexpr double absolute_tolerance = 1e-12;

}  // namespace

Expected expected(std::string name, std::string step, Shape shape, std::vector<double> values) {
  std::vector<double> tolerance;
  for (const double value : values) tolerance.push_back(relative_tolerance * std::abs(value) + absolute_tolerance);
  return {std::move(name), std::move(step), std::move(shape), std::move(values), std::move(tolerance), {}};
}

Check traced_check(std::string id, std::string function, const Trace& trace, const std::vector<std::string>& send,
                   const std::vector<NameAndStep>& expect, const std::optional<Trace>& previous,
                   const std::vector<std::string>& send_previous) {
  Check check;
  check.id = std::move(id);
  check.function = std::move(function);
  for (const std::string& name : send) check.send.push_back(trace.tensor(name));
  if (previous)
    for (const std::string& name : send_previous) {
      check.send.push_back(previous->tensor(name));
      check.send.back().name = "previous " + name;
    }
  for (const auto& [name, step] : expect) {
    const NamedTensor right = trace.tensor(name);
    const Asked which = asked(trace.record, name);
    Expected one = expected(name, step, right.shape, right.values);
    const std::vector<double> magnitude = trace.magnitude(name);
    for (std::size_t i = 0; i < magnitude.size(); ++i)
      one.tolerance[i] = relative_tolerance * magnitude[i] + absolute_tolerance;
    if (!which.gradient && !trace.record.producer(which.tensor))
      one.untouched = one.values;  // sent, and to come back unchanged
    check.expect.push_back(std::move(one));
  }
  check.trace = trace;
  check.previous = previous;
  return check;
}

bool can_tell(const Expected& expected) {
  if (expected.complaint) return true;
  for (std::size_t i = 0; i < expected.values.size(); ++i)
    if (std::abs(expected.values[i] - (expected.untouched.empty() ? 0 : expected.untouched[i])) > expected.tolerance[i])
      return true;
  return false;
}

bool is_traced(const Check& check, std::string_view output) {
  return check.trace && find_asked(check.trace->record, output);
}

std::string reference_at_fault(const Check& check) {
  for (const Expected& one : check.expect) {
    if (!is_traced(check, one.name)) continue;
    const Asked which = asked(check.trace->record, one.name);
    if (which.gradient && !agrees_with_differences(*check.trace, which.tensor)) return one.name;
  }
  return {};
}

}  // namespace gradwalk::harness
