#include "unlisted_explanations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "explanations.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"
#include "own_upstream.hpp"
#include "propagation.hpp"

namespace gradwalk::harness {
namespace {

std::vector<double> difference(std::vector<double> a, const std::vector<double>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] -= b[i];
  return a;
}

/// The tensor that is asked for, with the alteration made at the op that makes it; nothing when it is made elsewhere.
std::optional<std::vector<double>> altered_alone(const Trace& trace, const Trace* previous, const Asked& which,
                                                 const Alteration& alteration) {
  const Record& record = trace.record;
  const std::size_t at = alteration.ops.front();
  const Site site{trace, previous, at, alteration.slot};
  if (alteration.ops.size() > 1 || which.gradient == site.is_forward()) return std::nullopt;
  if (site.is_forward())
    return record.ops[at].output == which.tensor ? std::optional(alteration.mistake->numbers(site)) : std::nullopt;
  if (record.ops[at].inputs[alteration.slot] != which.tensor) return std::nullopt;
  std::vector<double> sum(record[which.tensor].size());
  for (std::size_t op = 0; op < record.ops.size(); ++op)
    for (std::size_t slot = 0; slot < record.ops[op].inputs.size(); ++slot) {
      if (record.ops[op].inputs[slot] != which.tensor) continue;
      const bool here = op == at && slot == alteration.slot;
      const std::vector<double> share =
          here ? alteration.mistake->numbers(site) : contribution(record, record.ops[op], slot);
      for (std::size_t i = 0; i < sum.size() && i < share.size(); ++i) sum[i] += share[i];
    }
  return sum;
}

}  // namespace

Explanation on_own_numbers(const Check& check, const std::vector<NamedTensor>& answered, const Expected& expected,
                           const std::vector<double>& got) {
  if (!is_traced(check, expected.name)) return {};
  const Trace* previous = check.previous ? &*check.previous : nullptr;
  const Asked which = asked(check.trace->record, expected.name);
  const OwnNumbers own = from_own_numbers(*check.trace, answered, expected.name);
  if (!own.telling || same(own.values, expected.values, expected.tolerance)) return {};
  const std::vector<double> tolerance = tolerance_for(own, expected);
  for (const Alteration& alteration : possible_alterations(own.trace, previous)) {
    const auto numbers = altered_alone(own.trace, previous, which, alteration);
    if (!numbers || !same(got, *numbers, tolerance) || same(own.values, *numbers, tolerance)) continue;
    const std::size_t at = alteration.ops.front();
    return {std::string(alteration.mistake->id),
            tr("{words} (for your own numbers before it, which are wrong too)",
               fmt::arg("words", alteration.mistake->words({*check.trace, previous, at, alteration.slot}))),
            {},
            {place_of(check.trace->record, at, alteration.slot)},
            "own numbers: " + key_of(alteration, *check.trace)};
  }
  return {};
}

double common_factor(const Expected& expected, const std::vector<double>& got, double least_slack) {
  std::size_t largest = 0;
  for (std::size_t i = 0; i < got.size(); ++i)
    if (std::abs(expected.values[i]) > std::abs(expected.values[largest])) largest = i;
  if (got.size() < 2 || expected.values[largest] == 0) return 0;
  const double factor = got[largest] / expected.values[largest];
  const double slack = std::max(least_slack, std::abs(factor));
  for (std::size_t i = 0; i < got.size(); ++i)
    if (!same(got[i], factor * expected.values[i], slack * expected.tolerance[i])) return 0;
  // Beside numbers of order one, which the judge draws, a factor like 1e40 only says that the right ones are nearly 0.
  constexpr double most = 1e4;
  return std::abs(factor) <= most && std::abs(factor) >= 1 / most ? factor : 0;
}

Explanation moved_by_gradient(const Check& check, const Expected& expected, const std::vector<double>& got) {
  if (!is_traced(check, expected.name) || expected.untouched.empty()) return {};
  const Record& record = check.trace->record;
  const Asked which = asked(record, expected.name);
  if (which.gradient || record[which.tensor].gradient_state == GradientState::none) return {};
  Expected gradient = expected;
  gradient.values = record[which.tensor].gradient;
  const std::vector<double> moved = difference(got, expected.values);
  const double factor = common_factor(gradient, moved, 1);  // `moved` has the rounding of the whole parameter
  if (factor == 0 && record[which.tensor].role == Role::parameter && !record.producer(which.tensor))
    return {
        "parameter-changed", tr("changed on the way: backward only finds the gradients, the step is made later"), {}};
  if (factor == 0) return {};
  return {"update-in-backward",
          tr("with {factor}·d{name} added: backward only finds the gradients, the step is made later",
             fmt::arg("factor", format_number(factor)), fmt::arg("name", expected.name)),
          {}};
}

namespace {

/// What the gradients would be with dW in the place of W where a linear op hands its upstream gradient back. They are
/// linear in W there, so W + c·dW adds c times this.
std::vector<double> with_gradient_for_weights(const Trace& trace, std::size_t op, const std::string& name) {
  const TensorId W = trace.record.ops[op].inputs[1];
  const auto numbers = [&](const Site& site) {
    Trace changed = site.trace;
    changed.record.tensors[W].value = trace.record[W].gradient;
    return contribution(changed.record, changed.record.ops[site.op], site.slot);
  };
  const Mistake mistake{"", nullptr, numbers, nullptr};
  const Alteration here{&mistake, {op}, 0};
  return altered(trace, nullptr, {&here, 1}).tensor(name).values;
}

}  // namespace

Explanation from_moved_weights(const Check& check, const Expected& expected, const std::vector<double>& got) {
  if (!is_traced(check, expected.name) || !asked(check.trace->record, expected.name).gradient) return {};
  const Record& record = check.trace->record;
  const auto has_gradient = [&](TensorId id) { return record[id].gradient_state != GradientState::none; };
  const std::vector<double> moved = difference(got, expected.values);
  for (std::size_t op = record.ops.size(); op-- > 0;) {
    const std::vector<TensorId>& inputs = record.ops[op].inputs;
    if (record.ops[op].kind != OpKind::linear || !has_gradient(inputs[0]) || !has_gradient(inputs[1])) continue;
    Expected direction = expected;
    direction.values = with_gradient_for_weights(*check.trace, op, expected.name);
    if (same(direction.values, expected.values, expected.tolerance)) continue;  // it does not come through this op
    const double factor = common_factor(direction, moved, 1);
    if (factor == 0) continue;
    const std::string &x = record[inputs[0]].name, &W = record[inputs[1]].name;
    return {"update-before-dx",
            tr("with {factor}·d{W} added to {W} before d{x} is computed: d{x} needs the {W} of the forward pass",
               fmt::arg("factor", format_number(factor)), fmt::arg("W", W), fmt::arg("x", x)),
            {},
            {place_of(record, op, 0)}};
  }
  return {};
}

}  // namespace gradwalk::harness
