// What lesson 04 checks. A batch of more than one row and all dimensions different, so that a sum over the wrong axis
// shows; then squares, where a transpose keeps its shape; then more of everything than an array of a size written in
// would hold; then a second batch and a second object, where memory shows.
#include "gradwalk/harness/lesson.hpp"
#include "gradwalk/harness/two_objects.hpp"

namespace gradwalk::harness {
namespace {

Trace layer(Draw& draw, std::size_t batch, std::size_t in, std::size_t out) {
  Trace t;
  t.input("x", {batch, in}, draw.numbers(batch * in));
  t.parameter("W", {out, in}, draw.numbers(out * in));
  t.parameter("b", {out}, draw.numbers(out));
  t.op(OpKind::linear, {"x", "W", "b"}, "z");
  t.backward("z", draw.numbers(batch * out));
  return t;
}

/// Another batch through the same layer, as it was before `next`.
Trace call_before(Draw& draw, const Trace& next, std::size_t batch) {
  const NamedTensor W = next.tensor("W"), b = next.tensor("b");
  Trace t;
  t.input("x", {batch, W.shape[1]}, draw.numbers(batch * W.shape[1]));
  t.parameter("W", W.shape, W.values);
  t.parameter("b", b.shape, b.values);
  t.op(OpKind::linear, {"x", "W", "b"}, "z");
  t.backward("z", draw.numbers(batch * W.shape[0]));
  return t;
}

const std::vector<std::string> layer_and_input = {"W", "b", "x"};
const std::vector<std::string> all_inputs = {"W", "b", "x", "dz"};
const std::vector<NameAndStep> gradients = {{"dW", "dW"}, {"db", "db"}, {"dx", "dx"}, {"W", "again"}, {"b", "again"}};
const std::vector<NameAndStep> everything_again = {{"z", "again"},  {"dW", "again"}, {"db", "again"},
                                                   {"dx", "again"}, {"W", "again"},  {"b", "again"}};

}  // namespace

std::vector<Check> lesson_04_linear_layer(Draw& draw) {
  std::vector<Check> checks;
  checks.push_back(traced_check("forward", "forward", layer(draw, 4, 3, 5), layer_and_input, {{"z", "forward"}}));
  checks.push_back(
      traced_check("forward-square", "forward", layer(draw, 3, 3, 3), layer_and_input, {{"z", "forward"}}));
  checks.push_back(traced_check("backward", "backward", layer(draw, 4, 3, 5), all_inputs, gradients));
  checks.push_back(traced_check("backward-square", "backward", layer(draw, 3, 3, 3), all_inputs, gradients));
  checks.push_back(traced_check("backward-large", "backward", layer(draw, 33, 17, 12), all_inputs, gradients));
  // One object, two batches: a larger one before, then one of the same size, then a smaller one.
  const Trace now = layer(draw, 3, 4, 2);
  for (const auto& [id, rows] : {std::pair<const char*, std::size_t>{"second-batch", 5},
                                 {"second-batch-like-first", 3},
                                 {"second-batch-larger", 2}})
    checks.push_back(
        traced_check(id, "second_batch", now, all_inputs, everything_again, call_before(draw, now, rows), {"x", "dz"}));
  checks.push_back(two_objects_check("two-layers", "two_layers", layer(draw, 3, 4, 2), layer(draw, 3, 4, 2), all_inputs,
                                     everything_again));
  return checks;
}

}  // namespace gradwalk::harness
