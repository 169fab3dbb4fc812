#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gradwalk/harness/trace.hpp"

namespace gradwalk::harness {

/// One place of a computation where a mistake can be made: an op's output, or an op's share in the gradient of one
/// input.
struct Site {
  const Trace& trace;
  const Trace* previous;  // what the same object computed before, when the check has that
  std::size_t op;
  std::size_t slot;  // of the input whose gradient is concerned; forward_slot: the op's output

  static constexpr std::size_t forward_slot = static_cast<std::size_t>(-1);

  const Record& record() const { return trace.record; }
  const Op& the_op() const { return record().ops[op]; }
  const Tensor& input(std::size_t which) const { return record()[the_op().inputs[which]]; }
  const Tensor& target() const { return input(slot); }  // its gradient is what comes out wrong
  const Tensor& output() const { return record()[the_op().output]; }
  OpKind kind() const { return the_op().kind; }
  bool is_forward() const { return slot == forward_slot; }
};

/// One chain-rule term while a mistake is at work on it.
struct AlteredTerm {
  std::size_t out = 0, index = 0;  // of the op's output, of the target
  double upstream = 0, local = 0;
};

/// A way to get it wrong. The wrong numbers come from the record with something altered, never from a table.
struct Mistake {
  std::string_view id;
  /// Whether it can be made here at all, and would make other numbers than the right ones.
  std::function<bool(const Site&)> applies;
  /// The op's wrong output, or the op's wrong share in the gradient. Upstream gradients are in the record.
  std::function<std::vector<double>(const Site&)> numbers;
  /// What the student's numbers are, after "your dW is the right value …": "with the sign turned round".
  std::function<std::string(const Site&)> words;
  /// What it does to a single term, for mistakes that are no more than this; false leaves the term out. Two of these
  /// can be made at the same place.
  std::function<bool(const Site&, AlteredTerm&)> change = nullptr;
};

/// All of them, forward mistakes first.
const std::vector<Mistake>& catalogue();

/// A mistake made at some ops: at one, or at all of a kind (one class serves several layers).
struct Alteration {
  const Mistake* mistake = nullptr;
  std::vector<std::size_t> ops;
  std::size_t slot = 0;
};

/// Whether both can be made at once: at different places, or both change terms.
bool can_go_together(const Alteration& a, const Alteration& b);

/// The trace as it would be computed with these mistakes in it.
Trace altered(const Trace& trace, const Trace* previous, std::span<const Alteration> alterations);

/// Every alteration that the catalogue allows in this trace.
std::vector<Alteration> possible_alterations(const Trace& trace, const Trace* previous);

}  // namespace gradwalk::harness
