// What lesson 01 checks: sums and decisions, one of them exactly on the boundary, and once more so close to it that
// nothing but 0 itself can be the boundary; and the rule.
#include <fmt/format.h>

#include "gradwalk/tracer/language.hpp"
#include "judge_neuron.hpp"

namespace gradwalk::harness {

using namespace lesson_01;

namespace lesson_01 {
namespace {

/// Without the inputs before `first`, and without the last `left` of them.
double sum_of_some(const Neuron& neuron, const double* x, std::size_t first, std::size_t left) {
  double z = neuron.b;
  for (std::size_t i = first; i + left < neuron.w.size(); ++i) z += neuron.w[i] * x[i];
  return z;
}

/// std::inner_product(…, 0) adds up whole numbers: the 0 is an int.
double whole_sum_of(const Neuron& neuron, const double* x) {
  int sum = 0;
  for (std::size_t i = 0; i < neuron.w.size(); ++i) sum = static_cast<int>(sum + neuron.w[i] * x[i]);
  return sum + neuron.b;
}

template <OfSample sum>
double sign_of(const Neuron& neuron, const double* x) {
  return sum(neuron, x) > 0 ? 1 : -1;
}

template <OfSample sum>
WrongDecision of_sum(const char* mistake, std::string words) {
  return {mistake, std::move(words), sum, sign_of<sum>};
}

double without_bias(const Neuron& neuron, const double* x) { return sum_of(neuron, x) - neuron.b; }
double bias_in_every_term(const Neuron& neuron, const double* x) {
  return sum_of(neuron, x) + (double(neuron.w.size()) - 1) * neuron.b;
}
double bias_subtracted(const Neuron& neuron, const double* x) { return sum_of(neuron, x) - 2 * neuron.b; }
double without_first(const Neuron& neuron, const double* x) { return sum_of_some(neuron, x, 1, 0); }
double without_last(const Neuron& neuron, const double* x) { return sum_of_some(neuron, x, 0, 1); }
double without_first_and_bias(const Neuron& neuron, const double* x) { return without_first(neuron, x) - neuron.b; }
double without_last_and_bias(const Neuron& neuron, const double* x) { return without_last(neuron, x) - neuron.b; }
double last_term(const Neuron& neuron, const double* x) { return neuron.w.back() * x[neuron.w.size() - 1]; }
double last_term_and_bias(const Neuron& neuron, const double* x) { return last_term(neuron, x) + neuron.b; }

}  // namespace

std::vector<WrongDecision> wrong_decisions() {
  const std::string first = tr("with the first input left out: the loop starts at 1"),
                    last = tr("with the last input left out: the loop ends too early"),
                    only_last = tr("with the last term only: = for +="), no_bias = tr("with the bias b left out");
  const auto both = [](const std::string& one, const std::string& other) {
    return tr("{one}, and {other}", fmt::arg("one", one), fmt::arg("other", other));
  };
  return {
      of_sum<without_bias>("bias-left-out", no_bias),
      of_sum<bias_in_every_term>("bias-in-every-term",
                                 tr("with the bias {b} added once for every input, not once", fmt::arg("b", "b"))),
      of_sum<bias_subtracted>("bias-subtracted", tr("with the bias {b} subtracted, not added", fmt::arg("b", "b"))),
      of_sum<without_first>("first-input-left-out", first),
      of_sum<without_last>("last-input-left-out", last),
      of_sum<without_first_and_bias>("first-input-left-out + bias-left-out", both(first, no_bias)),
      of_sum<without_last_and_bias>("last-input-left-out + bias-left-out", both(last, no_bias)),
      of_sum<last_term>("sum-overwritten", only_last),
      of_sum<last_term_and_bias>("sum-overwritten", only_last),
      of_sum<whole_sum_of>("sum-of-whole-numbers",
                           tr("with every sum cut to a whole number: a sum that begins with the int 0 stays an int")),
      {"boundary-is-one", tr("with 1 at z = 0, where −1 belongs"), nullptr,
       [](const Neuron& neuron, const double* x) { return sum_of(neuron, x) >= 0 ? 1.0 : -1.0; }},
      {"labels-zero-and-one", tr("with 0 and 1, where −1 and 1 belong"), nullptr,
       [](const Neuron& neuron, const double* x) { return sum_of(neuron, x) > 0 ? 1.0 : 0.0; }}};
}

double sum_of(const Neuron& neuron, const double* x) { return sum_of_some(neuron, x, 0, 0); }

double decide(const Neuron& neuron, const double* x) { return sign_of<sum_of>(neuron, x); }

}  // namespace lesson_01

namespace {

/// Everything but the weights is `scale` times what it would be: near 0 the sums are as telling as elsewhere.
Check decisions(Draw& draw, const std::string& id, double scale) {
  constexpr std::size_t rows = 5;
  const std::size_t D = 4 + draw.random().below(4);
  const std::vector<double> w = draw.numbers(D);
  const Neuron neuron{w, scale * w[0]};
  const std::vector<double> classes = draw.labels(rows, 2);  // so that no fixed answer is right
  std::vector<double> x;
  while (x.size() < rows * D) {
    const std::vector<double> row = draw.numbers(D, scale);
    if ((sum_of(neuron, row.data()) > 0) == (classes[x.size() / D] == 1)) x.insert(x.end(), row.begin(), row.end());
  }
  // One more lies exactly on the boundary: w[0]·(−1) + b = 0.
  std::vector<double> boundary(D);
  boundary[0] = -scale;
  x.insert(x.begin() + static_cast<std::ptrdiff_t>(draw.random().below(rows + 1) * D), boundary.begin(),
           boundary.end());
  const auto of_every_row = [&](OfSample number) {
    std::vector<double> numbers;
    for (std::size_t n = 0; n < rows + 1; ++n) numbers.push_back(number(neuron, &x[n * D]));
    return numbers;
  };
  Check check;
  check.id = id;
  check.function = "decide";
  check.send = {{"w", {D}, neuron.w}, {"b", {}, {neuron.b}}, {"x", {rows + 1, D}, x}};
  check.expect = {expected("z", "sum", {rows + 1}, of_every_row(sum_of)),
                  expected("decisions", "decide", {rows + 1}, of_every_row(decide))};
  check.expect[0].tolerance.assign(rows + 1, 1e-5 * scale);
  for (const WrongDecision& wrong : wrong_decisions()) {
    if (wrong.sum) check.known_wrong.push_back({wrong.mistake, "z", of_every_row(wrong.sum), wrong.words});
    check.known_wrong.push_back({wrong.mistake, "decisions", of_every_row(wrong.decide), wrong.words});
  }
  return check;
}

Check small_decisions(Draw& draw) {
  Check check = decisions(draw, "decide-near-0", 0x1p-20);
  check.known_wrong.push_back({"boundary-above-zero", "decisions",
                               std::vector<double>(check.expect[1].values.size(), -1),
                               tr("with −1 for small positive z as well: the boundary is 0 itself")});
  return check;
}

}  // namespace

std::vector<Check> lesson_01_perceptron(Draw& draw) {
  std::vector<Check> checks = {decisions(draw, "decide", 1), small_decisions(draw)};
  for (Check& check : learning_checks(draw)) checks.push_back(std::move(check));
  return checks;
}

}  // namespace gradwalk::harness
