#include "first_non_number.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "gradwalk/harness/mistake.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"
#include "overflowing_formulas.hpp"

namespace gradwalk::harness {
namespace {

bool is_finite(double x) { return std::isfinite(x); }

/// NaN and the infinities at the same places.
bool same_kind(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  return std::isinf(a) || std::isinf(b) ? a == b : true;
}

/// One result of the computation: an op's output, or a tensor's gradient.
struct Result {
  TensorId tensor = 0;
  bool gradient = false;
  bool operator==(const Result&) const = default;
};

/// All of them in the order in which they are computed.
std::vector<Result> results_in_order(const Trace& trace) {
  std::vector<Result> order;
  for (const Op& op : trace.record.ops) order.push_back({op.output, false});
  for (auto op = trace.record.ops.rbegin(); op != trace.record.ops.rend(); ++op)
    for (auto input = op->inputs.rbegin(); input != op->inputs.rend(); ++input)
      if (std::find(order.begin(), order.end(), Result{*input, true}) == order.end()) order.push_back({*input, true});
  return order;
}

std::string name_of(const Record& record, Result result) {
  return (result.gradient ? "d" : "") + record[result.tensor].name;
}

/// The first result before `asked` that came back with a number that is none: "p[0,1] is NaN".
std::optional<std::string> earlier(const Trace& trace, const Reply& answer, Result asked) {
  for (const Result& result : results_in_order(trace)) {
    if (result == asked) return std::nullopt;
    const NamedTensor* got = answer.find(name_of(trace.record, result));
    if (!got || got->values.size() != trace.record[result.tensor].size()) continue;
    const auto bad = std::find_if_not(got->values.begin(), got->values.end(), is_finite);
    if (bad == got->values.end()) continue;
    const std::string element =
        trace.record[result.tensor].element_name(static_cast<std::size_t>(bad - got->values.begin()));
    return tr("{element} is {value} already", fmt::arg("element", (result.gradient ? "d" : "") + element),
              fmt::arg("value", format_number(*bad)));
  }
  return std::nullopt;
}

/// A formula, and where in a computation it stands.
struct FormulaAt {
  std::size_t op, slot;
  const Formula* formula;
};

std::vector<FormulaAt> places_for_formulas(const Trace& trace) {
  std::vector<FormulaAt> places;
  const std::vector<Op>& ops = trace.record.ops;
  for (std::size_t op = 0; op < ops.size(); ++op)
    for (const Formula& formula : output_formulas(ops[op].kind)) places.push_back({op, Site::forward_slot, &formula});
  for (std::size_t op = trace.upstream.empty() ? 0 : ops.size(); op-- > 0;)
    for (const Formula& formula : gradient_formulas(ops[op].kind)) places.push_back({op, 0, &formula});
  return places;
}

/// Whether the whole computation with this formula in it gives a NaN and an infinity just where the answer has one.
bool explains(const Trace& trace, const FormulaAt& place, const Overflowed& made, const NamedTensor& got) {
  const Mistake formula{"", [](const Site&) { return true; }, [&](const Site&) { return made.values; }, nullptr};
  const Alteration here{&formula, {place.op}, place.slot};
  const std::vector<double> predicted = altered(trace, nullptr, {&here, 1}).tensor(got.name).values;
  return std::equal(got.values.begin(), got.values.end(), predicted.begin(), predicted.end(), same_kind);
}

/// The same formula in another check: one class computes both.
bool explains_elsewhere(const Check& check, const RunResult& run, const Formula* formula, const std::string& name) {
  const NamedTensor* got = run.reply.find(name);
  if (!got || !is_traced(check, name)) return true;
  const std::vector<FormulaAt> places = places_for_formulas(*check.trace);
  const auto stands_there = [&](const FormulaAt& place) { return place.formula == formula; };
  return std::none_of(places.begin(), places.end(), stands_there) ||
         std::any_of(places.begin(), places.end(), [&](const FormulaAt& place) {
           return stands_there(place) &&
                  explains(*check.trace, place, (*formula)(check.trace->record, check.trace->record.ops[place.op]),
                           *got);
         });
}

/// The first formula that explains the answer, best one that explains the answers to all other checks as well.
std::optional<Overflowed> formula_behind(const std::vector<Check>& checks, const std::vector<RunResult>& runs,
                                         std::size_t which, const NamedTensor& got) {
  const Trace& trace = *checks[which].trace;
  std::optional<Overflowed> here_only;
  for (const FormulaAt& place : places_for_formulas(trace)) {
    Overflowed made = (*place.formula)(trace.record, trace.record.ops[place.op]);
    if (made.first.empty() || !explains(trace, place, made, got)) continue;
    bool everywhere = true;
    for (std::size_t c = 0; c < checks.size() && everywhere; ++c)
      everywhere = explains_elsewhere(checks[c], runs[c], place.formula, got.name);
    if (everywhere) return made;
    if (!here_only) here_only = std::move(made);
  }
  return here_only;
}

}  // namespace

std::string first_non_number(const std::vector<Check>& checks, const std::vector<RunResult>& runs, std::size_t which,
                             const std::string& name) {
  const NamedTensor* got = runs[which].reply.find(name);
  if (!got || !is_traced(checks[which], name) || std::all_of(got->values.begin(), got->values.end(), is_finite))
    return {};
  const Trace& trace = *checks[which].trace;
  const Asked wanted = asked(trace.record, name);
  if (const auto before = earlier(trace, runs[which].reply, {wanted.tensor, wanted.gradient})) return *before;
  if (const auto found = formula_behind(checks, runs, which, *got))
    return found->then.empty() ? tr("it begins with {formula}", fmt::arg("formula", found->first))
                               : tr("it begins with {formula}, and then {other}", fmt::arg("formula", found->first),
                                    fmt::arg("other", found->then));
  return tr("it is made in computing {name} itself: nothing before it came back as NaN or infinite",
            fmt::arg("name", name));
}

}  // namespace gradwalk::harness
