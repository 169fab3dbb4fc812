#include "gradwalk/nn/paths.hpp"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/rules.hpp"
#include "gradwalk/nn/terms.hpp"

namespace gradwalk {

namespace {

using Count = boost::multiprecision::cpp_int;

/// The beginning of a path: its product down to some element, and how it goes on towards the loss.
struct Partial {
  double product = 0;
  double local = 0;        // of the first edge towards the loss
  std::uint32_t op = 0;    // whose output the path goes through
  std::uint32_t out = 0;   // element of that output
  std::uint32_t rank = 0;  // place among that element's own best
};

double size_of(double product) {
  return std::isnan(product) ? std::numeric_limits<double>::infinity() : std::abs(product);
}

/// Keeps the `count` largest, in order, the earlier first among equals.
class Best {
 public:
  explicit Best(std::size_t count) : count_(count) {}
  /// False when `partial`, and so anything smaller, has no place.
  bool offer(const Partial& partial) {
    const auto at = std::upper_bound(kept_.begin(), kept_.end(), size_of(partial.product),
                                     [](double size, const Partial& other) { return size > size_of(other.product); });
    if (static_cast<std::size_t>(at - kept_.begin()) >= count_) return false;
    kept_.insert(at, partial);
    if (kept_.size() > count_) kept_.pop_back();
    return true;
  }
  std::vector<Partial> take() { return std::exchange(kept_, {}); }

 private:
  std::size_t count_;
  std::vector<Partial> kept_;
};

/// Which elements of each tensor the target can reach, forwards.
std::vector<std::vector<bool>> reached_from(const Record& record, Element target) {
  std::vector<std::vector<bool>> reached(record.tensors.size());
  reached[target.tensor].resize(record[target.tensor].size());
  reached[target.tensor][target.index] = true;
  for (const Op& op : record.ops)
    for (std::size_t slot = 0; slot < op.inputs.size(); ++slot) {
      const auto& from = reached[op.inputs[slot]];
      for (std::size_t i = 0; i < from.size(); ++i) {
        if (!from[i]) continue;
        auto& to = reached[op.output];
        to.resize(record[op.output].size());
        for_each_output(record, op, slot, i, [&](std::size_t out, double) { to[out] = true; });
      }
    }
  return reached;
}

/// How many elements of the output one element of input `slot` goes into.
std::size_t fan_out(const Record& record, const Op& op, std::size_t slot) {
  std::size_t count = 0;
  if (record[op.inputs[slot]].size() > 0) for_each_output(record, op, slot, 0, [&](std::size_t, double) { ++count; });
  return count;
}

/// For an element of each tensor: how many paths lead from it to the loss, and how many edges these have together. The
/// same for every element of a tensor, because a rule's fan-out does not depend on the element.
struct Counts {
  std::vector<Count> paths, edges;
};

Counts count_paths(const Record& record) {
  Counts counts{std::vector<Count>(record.tensors.size()), std::vector<Count>(record.tensors.size())};
  counts.paths[record.loss()] = 1;
  for (std::size_t k = record.ops.size(); k-- > 0;) {
    const Op& op = record.ops[k];
    for (std::size_t slot = 0; slot < op.inputs.size(); ++slot) {
      const std::size_t fan = fan_out(record, op, slot);
      counts.paths[op.inputs[slot]] += fan * counts.paths[op.output];
      counts.edges[op.inputs[slot]] += fan * (counts.edges[op.output] + counts.paths[op.output]);
    }
  }
  return counts;
}

/// One multiplication fewer than a path has edges.
Count multiplications(const Counts& counts, TensorId id) { return counts.edges[id] - counts.paths[id]; }

void count_work(const Record& record, const Counts& counts, PathLedger& ledger) {
  Count all = 0, backprop = 0;
  for (TensorId id = 0; id < record.tensors.size(); ++id)
    if (record[id].role == Role::parameter || (record.provenance.widths.empty() && record[id].role == Role::input))
      all += multiplications(counts, id) * record[id].size();
  for (const Op& op : record.ops)
    for (std::size_t slot = 0; slot < op.inputs.size(); ++slot)
      backprop += Count(fan_out(record, op, slot)) * record[op.inputs[slot]].size();
  ledger.by_enumeration = multiplications(counts, ledger.target.tensor).str();
  ledger.by_enumeration_for_all = all.str();
  ledger.by_backprop = backprop.str();
}

}  // namespace

PathLedger largest_paths(const Record& record, Element target, std::size_t count) {
  PathLedger ledger;
  ledger.target = target;
  ledger.gradient = terms_of(record, target).gradient;
  const TensorId L = record.loss();
  const auto reached = reached_from(record, target);

  std::vector<std::vector<std::vector<Partial>>> best(record.tensors.size());  // by tensor, element, rank
  std::vector<std::vector<double>> total(record.tensors.size());  // ∂L/∂element, from the factors alone
  for (TensorId id = 0; id < record.tensors.size(); ++id) {
    best[id].resize(reached[id].size());
    total[id].resize(reached[id].size());
  }
  if (!best[L].empty()) {
    best[L][0] = {{1, 1, 0, 0, 0}};
    total[L][0] = 1;
  }

  // Where each tensor goes in, so that its elements need not look through all ops.
  std::vector<std::vector<std::pair<std::uint32_t, std::size_t>>> readers(record.tensors.size());  // op, slot
  for (std::uint32_t k = 0; k < record.ops.size(); ++k)
    for (std::size_t slot = 0; slot < record.ops[k].inputs.size(); ++slot)
      readers[record.ops[k].inputs[slot]].emplace_back(k, slot);

  // A tensor is finished when every op that reads it is: from the last tensor to the first, each gathers from its
  // readers.
  for (TensorId id = record.tensors.size(); id-- > 0;) {
    if (id == L) continue;
    for (std::size_t i = 0; i < reached[id].size(); ++i) {
      if (!reached[id][i]) continue;
      Best keep(count);
      for (const auto& [k, slot] : readers[id]) {
        const Op& op = record.ops[k];
        for_each_output(record, op, slot, i, [&, op_number = k](std::size_t out, double local) {
          total[id][i] += local * total[op.output][out];
          const auto& onward = best[op.output][out];
          for (std::uint32_t rank = 0; rank < onward.size(); ++rank)
            if (!keep.offer({onward[rank].product * local, local, op_number, static_cast<std::uint32_t>(out), rank}))
              break;
        });
      }
      best[id][i] = keep.take();
    }
  }

  const auto& found = best[target.tensor][target.index];
  double listed = 0;
  for (std::uint32_t rank = 0; rank < found.size(); ++rank) {
    Path path;
    path.contribution = found[rank].product;
    path.share = ledger.gradient == 0 ? std::numeric_limits<double>::quiet_NaN() : path.contribution / ledger.gradient;
    Element at = target;
    std::uint32_t place = rank;
    path.nodes.push_back(at);
    while (at.tensor != L) {
      const Partial& step = best[at.tensor][at.index][place];
      path.factors.push_back(step.local);
      at = {record.ops[step.op].output, step.out};
      place = step.rank;
      path.nodes.push_back(at);
    }
    std::reverse(path.nodes.begin(), path.nodes.end());
    std::reverse(path.factors.begin(), path.factors.end());
    listed += path.contribution;
    ledger.paths.push_back(std::move(path));
  }

  const Counts counts = count_paths(record);
  const Count remaining = counts.paths[target.tensor] - ledger.paths.size();
  ledger.total_paths = counts.paths[target.tensor].str();
  ledger.remaining_paths = remaining.str();
  ledger.remaining_sum = remaining == 0 ? 0 : total[target.tensor][target.index] - listed;
  ledger.total = listed + ledger.remaining_sum;
  ledger.residual = ledger.gradient - ledger.total;
  count_work(record, counts, ledger);
  return ledger;
}

}  // namespace gradwalk
