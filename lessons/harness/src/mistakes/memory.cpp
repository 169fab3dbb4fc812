#include <fmt/format.h>

#include <algorithm>

#include "gradwalk/tracer/language.hpp"
#include "mistakes/terms.hpp"
#include "propagation.hpp"

// Mistakes that show only when an object is used twice: what it remembers of the time before.

namespace gradwalk::harness {
namespace {

const Tensor* before(const Site& s, const std::string& name) {
  if (!s.previous) return nullptr;
  const auto id = s.previous->record.find(name);
  return id ? &s.previous->record[*id] : nullptr;
}

bool parameter_again(const Site& s) {
  return !s.is_forward() && s.target().role == Role::parameter && before(s, s.target().name) &&
         before(s, s.target().name)->shape == s.target().shape;
}

/// The site with the first rows of the previous call's tensors in place of this call's, where `stale` says so.
Trace with_stale_values(const Site& s, const std::vector<TensorId>& stale) {
  Trace trace = s.trace;
  for (const TensorId id : stale) {
    Tensor& tensor = trace.record.tensors[id];
    const Tensor* old = before(s, tensor.name);
    if (old && old->size() >= tensor.size()) std::copy_n(old->value.begin(), tensor.size(), tensor.value.begin());
  }
  return trace;
}

std::vector<TensorId> cached(const Site& s) {
  std::vector<TensorId> ids{s.the_op().output};
  for (std::size_t slot = 0; slot < s.the_op().inputs.size(); ++slot)
    if (s.input(slot).role != Role::parameter) ids.push_back(s.the_op().inputs[slot]);
  return ids;
}

bool has_cached_before(const Site& s) {
  // Of a linear layer only dW depends on what forward keeps.
  if (s.is_forward() || (s.kind() == OpKind::linear && s.slot != 1)) return false;
  const Tensor* old = before(s, s.input(0).name);
  return old && old->size() >= s.input(0).size();
}

}  // namespace

void append_memory_mistakes(std::vector<Mistake>& all) {
  all.push_back({"not-reset", parameter_again,
                 [](const Site& s) {
                   std::vector<double> sum = contribution(s.record(), s.the_op(), s.slot);
                   const std::vector<double>& old = before(s, s.target().name)->gradient;
                   for (std::size_t i = 0; i < sum.size() && i < old.size(); ++i) sum[i] += old[i];
                   return sum;
                 },
                 [](const Site& s) {
                   return tr("with the gradient of the call before still in it: d{target} is not set back to 0",
                             fmt::arg("target", s.target().name));
                 }});
  all.push_back({"stale-cache", has_cached_before,
                 [](const Site& s) {
                   const Trace stale = with_stale_values(s, cached(s));
                   return contribution(stale.record, stale.record.ops[s.op], s.slot);
                 },
                 [](const Site& s) {
                   return tr("with {x} of the call before: forward must keep what backward needs every time",
                             fmt::arg("x", s.input(0).name));
                 }});
  all.push_back(
      {"stale-cache-same-size",
       [](const Site& s) { return has_cached_before(s) && before(s, s.input(0).name)->shape == s.input(0).shape; },
       [](const Site& s) {
         const Trace stale = with_stale_values(s, cached(s));
         return contribution(stale.record, stale.record.ops[s.op], s.slot);
       },
       [](const Site& s) {
         return tr(
             "with {x} of the call before, where both batches have the same size: forward must keep "
             "what backward needs every time",
             fmt::arg("x", s.input(0).name));
       }});
  all.push_back({"gradient-of-call-before", parameter_again,
                 [](const Site& s) { return before(s, s.target().name)->gradient; },
                 [](const Site& s) {
                   return tr("left as the call before has set it: d{target} is filled only once",
                             fmt::arg("target", s.target().name));
                 }});
}

}  // namespace gradwalk::harness
