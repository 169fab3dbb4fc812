// What lesson 05 checks. Each class by itself on ordinary numbers, then where floating point ends: rows of logits far
// apart, logits far apart in every row, probabilities of 2⁻⁶⁰ and of 0. ∂L/∂L is not 1, so that it cannot be left out.
#include <cmath>

#include "gradwalk/harness/lesson.hpp"
#include "gradwalk/harness/two_objects.hpp"
#include "judge_wrong.hpp"

namespace gradwalk::harness {
namespace {

constexpr double seed = 0.75;  // ∂L/∂L, as if L went on into 0.75·L

Trace softmax(Draw& draw, std::size_t batch, std::size_t classes, std::vector<double> z) {
  Trace t;
  t.input("z", {batch, classes}, std::move(z));
  t.op(OpKind::softmax, {"z"}, "p");
  t.backward("p", draw.numbers(batch * classes));
  return t;
}

Trace softmax(Draw& draw, std::size_t batch, std::size_t classes) {
  return softmax(draw, batch, classes, draw.numbers(batch * classes));
}

/// Logits of order one, moved by 900, 0 and −900 from row to row: p is ordinary in every row. For forward passes only:
/// a finite difference takes steps of a size that goes with z, and p moves too much within them.
std::vector<double> rows_apart(Draw& draw, std::size_t classes) {
  std::vector<double> z = draw.numbers(3 * classes);
  for (std::size_t k = 0; k < classes; ++k) {
    z[k] += 900;
    z[2 * classes + k] -= 900;
  }
  return z;
}

/// Logits that are far apart within each row, whichever of them one begins with: nothing but their maximum, taken away,
/// keeps the exponentials in bounds. Not even a long double holds e¹²⁰⁰⁰. The largest two are near each other, so that
/// p is not only 0 and 1. For forward passes only, as above.
constexpr std::size_t far_rows = 5, far_classes = 4;
constexpr double far = 12000;

std::vector<double> far_apart(Draw& draw) {
  std::vector<double> z = draw.numbers(far_rows * far_classes);
  constexpr double moved[far_rows][far_classes] = {
      {far, 0, far, 0}, {0, far, 0, far}, {-far, 0, 0, -far}, {0, -far, -far, 0}, {-far, far, far, 0}};
  for (std::size_t n = 0; n < far_rows; ++n)
    for (std::size_t k = 0; k < far_classes; ++k) z[n * far_classes + k] += moved[n][k];
  return z;
}

/// The same with one class that takes everything: the gradient is that of a corner, and nothing moves within a step.
std::vector<double> one_far_above(Draw& draw) {
  std::vector<double> z = far_apart(draw);
  for (std::size_t n = 0; n < far_rows; ++n) z[n * far_classes + 3 - n % 2] += 2 * far;
  return z;
}

Trace cross_entropy(Draw& draw, std::size_t batch, std::size_t classes) {
  Trace t;
  t.input("p", {batch, classes}, draw.probabilities(batch, classes));
  t.target("y", {batch}, draw.labels(batch, classes));
  t.op(OpKind::cross_entropy, {"p", "y"}, "L");
  t.backward("L", {seed});
  return t;
}

/// Labels that are less and less probable, down to 2⁻⁶⁰, beside classes of probability 0: L is large, and finite. An ε
/// of any usual size lies between two of the rows, and shows.
Trace rare_labels() {
  constexpr std::size_t classes = 4;
  const std::vector<int> exponents = {-2, -12, -15, -18, -22, -25, -28, -32, -35, -45, -60};
  std::vector<double> p, y;
  for (std::size_t n = 0; n < exponents.size(); ++n) {
    const double rare = std::ldexp(1, exponents[n]);
    const std::size_t label = n % classes;
    std::vector<double> row(classes);
    row[label] = rare;
    row[(label + 1) % classes] = 1 - rare;
    p.insert(p.end(), row.begin(), row.end());
    y.push_back(static_cast<double>(label));
  }
  Trace t;
  t.input("p", {exponents.size(), classes}, p);
  t.target("y", {exponents.size()}, y);
  t.op(OpKind::cross_entropy, {"p", "y"}, "L");
  t.backward("L", {seed});
  return t;
}

Trace fused(Draw& draw, std::size_t batch, std::size_t classes, std::vector<double> z) {
  Trace t;
  t.input("z", {batch, classes}, std::move(z));
  t.target("y", {batch}, draw.labels(batch, classes));
  t.op(OpKind::softmax_cross_entropy, {"z", "y"}, "L");
  t.backward("L", {seed});
  return t;
}

Trace fused(Draw& draw, std::size_t batch, std::size_t classes) {
  return fused(draw, batch, classes, draw.numbers(batch * classes));
}

/// Rows in which one class takes everything: not the label, the label, and, for comparison, no class.
Trace saturated(Draw& draw) {
  std::vector<double> z = draw.numbers(9);
  z[0] -= 400, z[1] += 420;
  z[4] += 800;
  Trace t;
  t.input("z", {3, 3}, z);
  t.target("y", {3}, {0, 1, 2});
  t.op(OpKind::softmax_cross_entropy, {"z", "y"}, "L");
  t.backward("L", {seed});
  return t;
}

}  // namespace

std::vector<Check> lesson_05_softmax_cross_entropy(Draw& draw) {
  std::vector<Check> checks;
  const auto add = [&](const char* id, const char* function, const Trace& t, const std::vector<std::string>& send,
                       const std::vector<NameAndStep>& expect) {
    checks.push_back(traced_check(id, function, t, send, expect));
  };
  const Trace plain = softmax(draw, 4, 3), square = softmax(draw, 3, 3),
              apart = softmax(draw, 3, 4, rows_apart(draw, 4)),
              far_within = softmax(draw, far_rows, far_classes, far_apart(draw));
  add("softmax", "softmax_forward", plain, {"z"}, {{"p", "softmax"}});
  add("softmax-square", "softmax_forward", square, {"z"}, {{"p", "softmax"}});
  add("softmax-rows-apart", "softmax_forward", apart, {"z"}, {{"p", "softmax"}});
  add("softmax-far-apart", "softmax_forward", far_within, {"z"}, {{"p", "softmax"}});
  add("softmax-back", "softmax_backward", plain, {"z", "dp"}, {{"p", "softmax"}, {"dz", "softmax-back"}});
  add("softmax-back-square", "softmax_backward", square, {"z", "dp"}, {{"p", "softmax"}, {"dz", "softmax-back"}});
  // More of everything than an array of a size written in would hold.
  add("softmax-back-large", "softmax_backward", softmax(draw, 33, 12), {"z", "dp"},
      {{"p", "softmax"}, {"dz", "softmax-back"}});

  const Trace loss = cross_entropy(draw, 4, 3);
  add("loss", "loss_forward", loss, {"p", "y"}, {{"L", "loss"}});
  add("loss-rare", "loss_forward", rare_labels(), {"p", "y"}, {{"L", "loss"}});
  add("loss-back", "loss_backward", loss, {"p", "y", "dL"}, {{"dp", "loss-back"}});
  add("loss-back-rare", "loss_backward", rare_labels(), {"p", "y", "dL"}, {{"dp", "loss-back"}});
  add("loss-back-large", "loss_backward", cross_entropy(draw, 33, 12), {"p", "y", "dL"}, {{"dp", "loss-back"}});

  const Trace both = fused(draw, 4, 3), far = saturated(draw), rows = fused(draw, 3, 4, rows_apart(draw, 4));
  add("fused", "fused_forward", both, {"z", "y"}, {{"L", "fused"}});
  add("fused-saturated", "fused_forward", far, {"z", "y"}, {{"L", "fused"}});
  add("fused-rows-apart", "fused_forward", rows, {"z", "y"}, {{"L", "fused"}});
  add("fused-far-apart", "fused_forward", fused(draw, far_rows, far_classes, far_apart(draw)), {"z", "y"},
      {{"L", "fused"}});
  add("fused-back", "fused_backward", both, {"z", "y", "dL"}, {{"dz", "fused-back"}});
  add("fused-back-saturated", "fused_backward", far, {"z", "y", "dL"}, {{"dz", "fused-back"}});
  add("fused-back-far-apart", "fused_backward", fused(draw, far_rows, far_classes, one_far_above(draw)),
      {"z", "y", "dL"}, {{"dz", "fused-back"}});
  add("fused-back-large", "fused_backward", fused(draw, 33, 12), {"z", "y", "dL"}, {{"dz", "fused-back"}});

  // One object, two batches: a larger one before, then one of the same size, then a smaller one.
  for (const auto& [like, rows_before] :
       {std::pair<std::string, std::size_t>{"", 5}, {"-like-first", 3}, {"-larger", 2}}) {
    checks.push_back(traced_check("softmax-again" + like, "softmax_backward", softmax(draw, 3, 4), {"z", "dp"},
                                  {{"p", "again"}, {"dz", "again"}}, softmax(draw, rows_before, 4), {"z", "dp"}));
    checks.push_back(traced_check("loss-again" + like, "loss_backward", cross_entropy(draw, 3, 4), {"p", "y", "dL"},
                                  {{"dp", "again"}}, cross_entropy(draw, rows_before, 4), {"p", "y"}));
    checks.push_back(traced_check("fused-again" + like, "fused_backward", fused(draw, 3, 4), {"z", "y", "dL"},
                                  {{"dz", "again"}}, fused(draw, rows_before, 4), {"z", "y"}));
  }
  checks.push_back(two_objects_check("two-softmaxes", "two_softmaxes", softmax(draw, 3, 4), softmax(draw, 3, 4),
                                     {"z", "dp"}, {{"p", "again"}, {"dz", "again"}}));
  checks.push_back(two_objects_check("two-cross-entropies", "two_cross_entropies", cross_entropy(draw, 3, 4),
                                     cross_entropy(draw, 3, 4), {"p", "y", "dL"}, {{"L", "again"}, {"dp", "again"}}));
  checks.push_back(two_objects_check("two-fused", "two_fused", fused(draw, 3, 4), fused(draw, 3, 4), {"z", "y", "dL"},
                                     {{"L", "again"}, {"dz", "again"}}));
  for (Check& check : checks) lesson_05::add_known_wrong(check);
  return checks;
}

}  // namespace gradwalk::harness
