// What lesson 09 checks: both passes of a net Linear–Tanh–Linear, and of a deeper one; the update alone; an epoch of
// seven rows in batches of three, in an order that is not 0, 1, 2 …; an evaluation, by itself and between the two passes
// of a step.
#include <algorithm>
#include <iterator>
#include <set>

#include "gradwalk/harness/class_search.hpp"
#include "gradwalk/harness/lesson.hpp"
#include "gradwalk/tracer/language.hpp"
#include "judge_net.hpp"

namespace gradwalk::harness {

using namespace lesson_09;

namespace {

constexpr std::size_t score_rows = 24;

double hits(const std::vector<double>& chosen, const std::vector<double>& y) {
  double count = 0;
  for (std::size_t n = 0; n < y.size(); ++n) count += chosen[n] == y[n];
  return count;
}

/// A net and labelled rows, with the accuracy that each mistake would find.
struct Scored {
  Tensors parameters;
  Trace trace;
  double right = 0, smallest = 0, from_one = 0, first_class = 0, above_first = 0;  // rows
  double but_last = 0, neighbours = 0, above_zero = 0, kept = 0;

  bool tells_all_apart() const {
    return std::set<double>{0,           right,    score_rows - right, smallest,   from_one, first_class,
                            above_first, but_last, neighbours,         above_zero, kept}
               .size() == 11;
  }
};

Scored draw_scored(Draw& draw) {
  Scored s;
  s.parameters = draw_parameters(draw);
  s.trace = net(s.parameters, score_rows, draw.numbers(score_rows * in));
  // Every other label is what the net says, so that the accuracy is neither 0 nor 1; one is what it says least.
  std::vector<double> y = draw.labels(score_rows, out);
  const std::vector<double> z = s.trace.tensor("z2").values;
  const std::vector<double> largest = search_classes(z, out, is_larger), smallest = search_classes(z, out, is_smaller);
  for (std::size_t n = 0; n < score_rows; n += 2) y[n] = largest[n];
  y[1] = smallest[1];
  s.right = hits(largest, y);
  s.smallest = hits(smallest, y);
  std::vector<double> one_further = largest;
  for (double& one : one_further) ++one;
  s.from_one = hits(one_further, y);
  s.first_class = hits(std::vector<double>(score_rows, 0), y);
  using Row = const double*;
  const auto found = [&](auto replaces) { return hits(search_classes(z, out, replaces), y); };
  s.above_first = found([](Row row, std::size_t k, std::size_t) { return row[k] > row[0]; });
  s.neighbours = found([](Row row, std::size_t k, std::size_t) { return row[k] > row[k - 1]; });
  s.but_last = found([](Row row, std::size_t k, std::size_t best) { return k + 1 < out && is_larger(row, k, best); });
  s.above_zero = found(is_larger_and_positive);
  s.kept = hits(search_classes(z, out, is_larger, true), y);
  s.trace = with_loss(s.trace, y);
  return s;
}

Check score_check(Draw& draw, const std::string& name) {
  Scored s = draw_scored(draw);
  while (!s.tells_all_apart()) s = draw_scored(draw);
  constexpr double rows = score_rows;
  const double loss = s.trace.tensor("L").values[0];
  Check check;
  check.id = name;
  check.function = "score";
  check.send = s.parameters;
  check.send.push_back(s.trace.tensor("x"));
  check.send.push_back(s.trace.tensor("y"));
  check.expect.push_back(expected("L", "evaluate", {}, {loss}));
  check.expect.push_back(expected("accuracy", "evaluate", {}, {s.right / rows}));
  const auto accuracy = [&](const char* id, double value, std::string words) {
    check.known_wrong.push_back({id, "accuracy", {value}, std::move(words)});
  };
  accuracy("accuracy-counted", s.right, tr("not divided by the number of rows"));
  accuracy("accuracy-in-percent", 100 * s.right / rows, tr("in percent, not from 0 to 1"));
  accuracy("accuracy-of-errors", (rows - s.right) / rows, tr("of the wrong rows, not of the right ones"));
  accuracy("accuracy-of-whole-numbers", 0,
           tr("with its fraction cut off: a quotient of two whole numbers is a whole number, here 0"));
  accuracy("accuracy-over-classes", s.right / out, tr("divided by the number of classes, not of rows"));
  accuracy("accuracy-over-inputs", s.right / in, tr("divided by the number of inputs, not of rows"));
  accuracy("accuracy-smallest-logit", s.smallest / rows, tr("of the smallest logit, not the largest"));
  accuracy("accuracy-class-from-one", s.from_one / rows, tr("with the classes counted from 1, not from 0"));
  accuracy("accuracy-compared-with-first", s.above_first / rows,
           tr("with every logit compared with that of class 0, not with the largest so far"));
  accuracy("accuracy-compared-with-neighbour", s.neighbours / rows,
           tr("with every logit compared with the one before it, not with the largest so far"));
  accuracy("accuracy-begun-at-zero", s.above_zero / rows,
           tr("with the search begun at 0: where all logits are negative, class 0 comes out"));
  accuracy("accuracy-class-kept", s.kept / rows,
           tr("with the class of the row before still in the search: it begins anew in each row"));
  accuracy("accuracy-last-class-left-out", s.but_last / rows,
           tr("with the last class never looked at: the loop ends too early"));
  accuracy("accuracy-first-class", s.first_class / rows, tr("of class 0, whatever the logits are"));
  const auto wrong_loss = [&](const char* id, double value, std::string words) {
    check.known_wrong.push_back({id, "L", {value}, std::move(words)});
  };
  wrong_loss("softmax-behind", loss_of_softmax(s.trace), words_of_softmax_behind("z2"));
  wrong_loss("loss-sum-for-mean", loss * rows, tr("summed over the rows, not their mean"));
  wrong_loss("loss-mean-twice", loss / rows, tr("divided by the number of rows once more"));
  wrong_loss("loss-sign", -loss, tr("with its sign turned round"));
  return check;
}

/// A net that has gradients, and a look at it: nothing of it may change.
Check look_check(Draw& draw) {
  const Tensors p = draw_parameters(draw);
  const Trace looked_at = with_loss(net(p, 6, draw.numbers(6 * in)), draw.labels(6, out));
  Check check;
  check.id = check.function = "look";
  check.send = {looked_at.tensor("x"), looked_at.tensor("y")};
  const auto stays = [&](const NamedTensor& tensor) {
    check.send.push_back(tensor);
    check.expect.push_back(expected(tensor.name, "untouched", tensor.shape, tensor.values));
    check.expect.back().untouched = tensor.values;
  };
  for (const NamedTensor& tensor : p) stays(tensor);
  for (const NamedTensor& tensor : p) {
    const std::string name = "d" + tensor.name;
    stays({name, tensor.shape, draw.numbers(tensor.values.size())});
    check.known_wrong.push_back({"look-resets-gradients", name, std::vector<double>(tensor.values.size()),
                                 tr("with 0 in its place: evaluate resets it, and is to leave the net as it was")});
    check.known_wrong.push_back(
        {"look-goes-back", name, looked_at.tensor(name).values,
         tr("with the gradient of the rows that evaluate has looked at in its place: it goes back through "
            "the net")});
  }
  return check;
}

/// A look between the two passes of a step. The net is one in which a layer that is left out shows by its numbers.
Check look_between_check(Draw& draw) {
  constexpr std::size_t rows = 4, rows_looked_at = 6, width = deep_width;
  const Tensors p = draw_deep_parameters(draw);
  Trace now = net(p, rows, draw.numbers(rows * width));
  now.backward("z3", draw.numbers(rows * width));
  const Trace to_logits = net(p, rows_looked_at, draw.numbers(rows_looked_at * width)),
              looked_at = with_loss(to_logits, draw.labels(rows_looked_at, width));
  std::vector<std::string> sent{"x", "dz3"};
  std::vector<NameAndStep> gradients;
  for (const NamedTensor& one : p) {
    sent.push_back(one.name);
    gradients.emplace_back("d" + one.name, "untouched");
  }
  gradients.emplace_back("dx", "untouched");
  Check check = traced_check("look-between", "look_between", now, sent, gradients, looked_at, {"x", "y"});
  check.expect.push_back(expected("L", "untouched", {}, looked_at.tensor("L").values));  // it did look
  check.known_wrong = wrong_passes(p, now);
  for (const KnownWrong& logits : wrong_logits(to_logits)) {  // which evaluate makes too
    Trace loss;
    loss.input("z3", {rows_looked_at, width}, logits.values);
    loss = with_loss(std::move(loss), looked_at.tensor("y").values);
    check.known_wrong.push_back({logits.mistake, "L", loss.tensor("L").values, logits.words});
  }
  check.known_wrong.push_back({"softmax-behind", "L", {loss_of_softmax(looked_at)}, words_of_softmax_behind("z3")});
  // forward keeps what it should; the look itself is at fault. So the words are not those of a stale cache elsewhere.
  check.previous.reset();
  std::vector<double> looked_at_x = looked_at.tensor("x").values;
  looked_at_x.resize(rows * width);
  Trace looked_through = net(p, rows, std::move(looked_at_x));
  looked_through.backward("z3", now.tensor("dz3").values);
  for (const auto& [name, step] : gradients)
    check.known_wrong.push_back({"stale-cache", name, looked_through.tensor(name).values,
                                 tr("made with the rows that evaluate has looked at: its forward pass went "
                                    "through the layers of the net, not of a copy")});
  return check;
}

}  // namespace

std::vector<Check> lesson_09_own_framework(Draw& draw) {
  std::vector<Check> checks;
  const auto add = [&](std::vector<Check> more) { std::move(more.begin(), more.end(), std::back_inserter(checks)); };
  add(passes_checks(draw));
  add(update_checks(draw));
  checks.push_back(epoch_check(draw));
  // Twice: one accuracy may be right by chance.
  for (const char* id : {"score", "score-another-net"}) checks.push_back(score_check(draw, id));

  checks.push_back(look_check(draw));
  checks.push_back(look_between_check(draw));
  return checks;
}

}  // namespace gradwalk::harness
