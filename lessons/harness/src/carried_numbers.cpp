#include "carried_numbers.hpp"

#include <algorithm>

#include "own_upstream.hpp"
#include "predictions.hpp"

namespace gradwalk::harness {
namespace {

/// Whether all that the rule of one tensor uses is known: the judge has sent it, and it still is what was sent; or it is
/// in the answer. What an object keeps of another call is not.
bool inputs_known(const Check& check, const std::vector<NamedTensor>& answered, const CheckVerdict& verdict,
                  const std::string& name) {
  if (check.previous) return false;
  const Record& record = check.trace->record;
  const Asked which = asked(record, name);
  const auto is_answered = [&](const std::string& one) {
    return std::any_of(answered.begin(), answered.end(), [&](const NamedTensor& t) { return t.name == one; });
  };
  const auto value_known = [&](TensorId id) {
    if (record.producer(id)) return is_answered(record[id].name);
    return std::none_of(verdict.outputs.begin(), verdict.outputs.end(), [&](const OutputVerdict& output) {
      return output.name == record[id].name && output.fault != Fault::none;
    });
  };
  for (const Op& op : record.ops) {
    const bool uses = std::find(op.inputs.begin(), op.inputs.end(), which.tensor) != op.inputs.end();
    if (which.gradient ? !uses : op.output != which.tensor) continue;
    if (!std::all_of(op.inputs.begin(), op.inputs.end(), value_known)) return false;
    if (which.gradient && op.output != check.trace->last && !is_answered("d" + record[op.output].name)) return false;
  }
  return true;
}

}  // namespace

void find_carried(const Check& check, const RunResult& run, CheckVerdict& verdict) {
  const std::vector<NamedTensor> answered = asked_for(check, run.reply);
  if (!check.trace) return;
  for (std::size_t o = 0; o < check.expect.size(); ++o) {
    const Expected& expected = check.expect[o];
    OutputVerdict& output = verdict.outputs[o];
    if (!is_number_fault(output) || !is_traced(check, expected.name)) continue;
    const OwnNumbers own = from_own_numbers(*check.trace, answered, expected.name);
    const bool inputs_right = same(expected.values, own.values, expected.tolerance);
    // A NaN that went through says nothing of the rule.
    const bool passed_through = output.fault == Fault::not_finite &&
                                same(run.reply.find(expected.name)->values, own.values, expected.tolerance);
    if (!passed_through && inputs_known(check, answered, verdict, expected.name)) output.inputs_right = inputs_right;
    if (output.fault == Fault::not_finite || inputs_right) continue;
    if (same(run.reply.find(expected.name)->values, own.values, tolerance_for(own, expected)))
      output.fault = own.telling ? Fault::carried : Fault::unproven;
  }
}

void find_passed_through(const std::vector<Check>& checks, const std::vector<RunResult>& runs,
                         std::vector<CheckVerdict>& verdicts) {
  const auto is_right_elsewhere = [&](std::size_t c, const std::string& name) {
    for (std::size_t other = 0; other < checks.size(); ++other)
      for (std::size_t o = 0; o < checks[other].expect.size(); ++o)
        if (checks[other].function == checks[c].function && checks[other].expect[o].name == name &&
            verdicts[other].outputs[o].fault == Fault::none && can_tell(checks[other].expect[o]))
          return true;
    return false;
  };
  for (std::size_t c = 0; c < checks.size(); ++c)
    for (std::size_t o = 0; o < checks[c].expect.size(); ++o) {
      const Expected& expected = checks[c].expect[o];
      OutputVerdict& output = verdicts[c].outputs[o];
      if (output.fault != Fault::not_finite || !is_traced(checks[c], expected.name)) continue;
      const OwnNumbers own = from_own_numbers(*checks[c].trace, asked_for(checks[c], runs[c].reply), expected.name);
      if (!same(expected.values, own.values, expected.tolerance) &&
          same(runs[c].reply.find(expected.name)->values, own.values, expected.tolerance) &&
          is_right_elsewhere(c, expected.name))
        output.fault = Fault::carried;
    }
}

bool is_number_fault(const OutputVerdict& output) {
  return output.fault == Fault::different || output.fault == Fault::not_finite;
}

std::vector<NamedTensor> asked_for(const Check& check, const Reply& reply) {
  std::vector<NamedTensor> tensors;
  for (const Expected& expected : check.expect)
    if (const NamedTensor* got = reply.find(expected.name); got && got->shape == expected.shape)
      tensors.push_back(*got);
  return tensors;
}

}  // namespace gradwalk::harness
