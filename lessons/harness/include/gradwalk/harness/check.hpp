#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gradwalk/harness/jailed_program.hpp"
#include "gradwalk/harness/trace.hpp"

namespace gradwalk::harness {

/// One tensor that must come back, and how far it may be off. Rounding in float passes; no mistake is that small.
struct Expected {
  std::string name;
  std::string step;  // of lesson.toml, which says what it is worth
  Shape shape;
  std::vector<double> values;
  std::vector<double> tolerance;       // absolute, element by element
  std::vector<double> untouched = {};  // what an exercise gives that nobody has worked on; empty: zeros
  // In place of the comparison, where many answers are right (an accuracy, a shuffle): says what is wrong with these
  // numbers ("the accuracy is 0.31, 0.9 is needed"), and nothing when they are right. `values` only gives the shape
  // then.
  std::function<std::string(const std::vector<double>&)> complaint = nullptr;
  bool gradient = false;  // of a check without a trace: `values` is a gradient, and exact
};

/// Wrong numbers that are known, for checks that no trace describes.
struct KnownWrong {
  std::string mistake;  // id
  std::string output;   // name of the tensor
  std::vector<double> values;
  std::string words;  // "with …", as Mistake::words; of an output with a complaint: a sentence of its own
  // In place of `values`, where a mistake makes numbers that cannot be foretold but have something in common.
  std::function<bool(const std::vector<double>&)> recognised = nullptr;
};

/// One request to a fresh process, and what must come back.
struct Check {
  std::string id;        // unique in the lesson
  std::string function;  // of the driver
  std::vector<NamedTensor> send;
  std::vector<Expected> expect;
  // Where the right answers come from. With a trace, the catalogue of mistakes explains wrong ones; without,
  // known_wrong.
  std::optional<Trace> trace, previous;
  std::vector<KnownWrong> known_wrong;
  RunLimits limits;
};

/// An expectation with the usual tolerance for numbers of this size.
Expected expected(std::string name, std::string step, Shape shape, std::vector<double> values);

/// Whether the untouched exercise would give something else: only then does an answer say anything.
bool can_tell(const Expected& expected);

using NameAndStep = std::pair<std::string, std::string>;

/// A check whose tensors all come from a trace: "W" names a value, "dW" a gradient. The tensors of `previous`, when it
/// is given, are sent too, as "previous W", "previous dz" …
Check traced_check(std::string id, std::string function, const Trace& trace, const std::vector<std::string>& send,
                   const std::vector<NameAndStep>& expect, const std::optional<Trace>& previous = std::nullopt,
                   const std::vector<std::string>& send_previous = {});

/// Whether the check's trace computes what is expected under this name. Beside a traced step a check may expect numbers
/// of something else, such as the loss of an evaluation in between.
bool is_traced(const Check& check, std::string_view output);

/// The first gradient that is expected in a check and is not what finite differences of the trace find; empty when all
/// are. Held for every lesson and many seeds by the tests, so that grading a class never stops at it.
std::string reference_at_fault(const Check& check);

}  // namespace gradwalk::harness
