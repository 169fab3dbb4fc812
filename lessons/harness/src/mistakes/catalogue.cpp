#include <algorithm>

#include "gradwalk/harness/mistake.hpp"
#include "gradwalk/nn/rules.hpp"
#include "mistakes/terms.hpp"
#include "propagation.hpp"

namespace gradwalk::harness {

const std::vector<Mistake>& catalogue() {
  static const std::vector<Mistake> all = [] {
    std::vector<Mistake> mistakes;
    append_linear_mistakes(mistakes);
    append_running_sums(mistakes);
    append_activation_mistakes(mistakes);
    append_softmax_mistakes(mistakes);
    append_loss_mistakes(mistakes);
    append_term_mistakes(mistakes);
    append_memory_mistakes(mistakes);
    append_unstable_mistakes(mistakes);
    return mistakes;
  }();
  return all;
}

std::vector<AlteredTerm> terms_at(const Site& site) {
  std::vector<AlteredTerm> terms;
  const std::vector<double>& upstream = site.output().gradient;
  for (std::size_t out = 0; out < upstream.size(); ++out)
    for_each_input(site.record(), site.the_op(), out, [&](std::size_t slot, std::size_t index, double local) {
      if (slot == site.slot) terms.push_back({out, index, upstream[out], local});
    });
  return terms;
}

std::vector<double> sum_of_terms(const Site& site, const std::function<bool(AlteredTerm&)>& change) {
  std::vector<double> sum(site.target().size());
  for (AlteredTerm term : terms_at(site))
    if (change(term) && term.index < sum.size()) sum[term.index] += term.upstream * term.local;
  return sum;
}

Mistake changed_terms(std::string_view id, std::function<bool(const Site&)> applies,
                      std::function<bool(const Site&, AlteredTerm&)> change,
                      std::function<std::string(const Site&)> words) {
  const auto numbers = [change](const Site& site) {
    return sum_of_terms(site, [&](AlteredTerm& term) { return change(site, term); });
  };
  return {id, std::move(applies), numbers, std::move(words), change};
}

std::size_t batch_of(const Site& site) {
  const Shape& shape = site.output().shape.empty() ? site.input(0).shape : site.output().shape;
  return shape.empty() ? 1 : shape[0];
}

std::size_t columns_of(const Shape& shape) { return shape.size() == 2 ? shape[1] : 1; }

namespace {

std::vector<double> wrong_share(const Site& site, const std::vector<const Mistake*>& made) {
  if (made.empty()) return contribution(site.record(), site.the_op(), site.slot);
  if (made.size() == 1) return made[0]->numbers(site);
  return sum_of_terms(site, [&](AlteredTerm& term) {
    return std::all_of(made.begin(), made.end(), [&](const Mistake* mistake) { return mistake->change(site, term); });
  });
}

}  // namespace

bool can_go_together(const Alteration& a, const Alteration& b) {
  if (a.slot != b.slot) return true;
  const bool same_place = std::any_of(a.ops.begin(), a.ops.end(), [&](std::size_t op) {
    return std::find(b.ops.begin(), b.ops.end(), op) != b.ops.end();
  });
  return !same_place || (a.mistake != b.mistake && a.mistake->change && b.mistake->change);
}

Trace altered(const Trace& trace, const Trace* previous, std::span<const Alteration> alterations) {
  Trace result = trace;
  Record& record = result.record;
  const auto made_at = [&](std::size_t op, std::size_t slot) {
    std::vector<const Mistake*> made;
    for (const Alteration& alteration : alterations)
      if (alteration.slot == slot &&
          std::find(alteration.ops.begin(), alteration.ops.end(), op) != alteration.ops.end())
        made.push_back(alteration.mistake);
    return made;
  };
  for (std::size_t op = 0; op < record.ops.size(); ++op) {
    const std::vector<const Mistake*> made = made_at(op, Site::forward_slot);
    record.tensors[record.ops[op].output].value =
        made.empty() ? values_of(record, record.ops[op]) : made[0]->numbers({result, previous, op, Site::forward_slot});
  }
  if (result.upstream.empty()) return result;
  clear_gradients(record);
  record.tensors[result.last].gradient = result.upstream;
  for (std::size_t op = record.ops.size(); op-- > 0;)
    for (std::size_t slot = 0; slot < record.ops[op].inputs.size(); ++slot) {
      Tensor& input = record.tensors[record.ops[op].inputs[slot]];
      if (input.gradient_state == GradientState::none) continue;
      const std::vector<double> share = wrong_share({result, previous, op, slot}, made_at(op, slot));
      for (std::size_t i = 0; i < share.size() && i < input.gradient.size(); ++i) input.gradient[i] += share[i];
    }
  return result;
}

std::vector<Alteration> possible_alterations(const Trace& trace, const Trace* previous) {
  std::vector<Alteration> found;
  for (const Mistake& mistake : catalogue())
    for (std::size_t op = 0; op < trace.record.ops.size(); ++op) {
      const Op& the_op = trace.record.ops[op];
      for (std::size_t slot = Site::forward_slot; slot != the_op.inputs.size(); ++slot) {  // forward_slot + 1 is 0
        if (slot != Site::forward_slot &&
            (trace.upstream.empty() || trace.record[the_op.inputs[slot]].gradient_state == GradientState::none))
          continue;
        if (!mistake.applies({trace, previous, op, slot})) continue;
        found.push_back({&mistake, {op}, slot});
        // One class serves all layers of its kind: the same mistake at every op of this kind.
        Alteration all{&mistake, {}, slot};
        for (std::size_t other = 0; other < trace.record.ops.size(); ++other)
          if (trace.record.ops[other].kind == the_op.kind && mistake.applies({trace, previous, other, slot}))
            all.ops.push_back(other);
        if (all.ops.size() > 1 && all.ops.front() == op) found.push_back(all);
      }
    }
  return found;
}

}  // namespace gradwalk::harness
