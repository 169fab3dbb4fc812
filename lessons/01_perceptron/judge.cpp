// What lesson 01 checks: sums and decisions, one of them exactly on the boundary; one step of the rule on a sample that
// is wrong and on one that is right; and a few epochs over a batch.
#include <fmt/format.h>

#include "gradwalk/harness/lesson.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk::harness {
namespace {

struct Neuron {
  std::vector<double> w;
  double b;
};

double sum_of(const Neuron& neuron, const double* x) {
  double z = neuron.b;
  for (std::size_t i = 0; i < neuron.w.size(); ++i) z += neuron.w[i] * x[i];
  return z;
}

/// std::inner_product(…, 0) adds up whole numbers: the 0 is an int.
double whole_sum_of(const Neuron& neuron, const double* x) {
  int sum = 0;
  for (std::size_t i = 0; i < neuron.w.size(); ++i) sum = static_cast<int>(sum + neuron.w[i] * x[i]);
  return sum + neuron.b;
}

using Decide = double (*)(const Neuron& neuron, const double* x);
double decide(const Neuron& neuron, const double* x) { return sum_of(neuron, x) > 0 ? 1 : -1; }

/// Wrong sums and decisions. Who learns with them learns something else, and has made one mistake, not two.
struct WrongDecision {
  const char* mistake;
  Decide decide;
};
const std::vector<WrongDecision> wrong_decisions = {
    {"bias-left-out",
     [](const Neuron& neuron, const double* x) { return sum_of(neuron, x) - neuron.b > 0 ? 1.0 : -1.0; }},
    {"bias-in-every-term",
     [](const Neuron& neuron, const double* x) {
       return sum_of(neuron, x) + (double(neuron.w.size()) - 1) * neuron.b > 0 ? 1.0 : -1.0;
     }},
    {"bias-subtracted",
     [](const Neuron& neuron, const double* x) { return sum_of(neuron, x) - 2 * neuron.b > 0 ? 1.0 : -1.0; }},
    {"sum-of-whole-numbers",
     [](const Neuron& neuron, const double* x) { return whole_sum_of(neuron, x) > 0 ? 1.0 : -1.0; }},
    {"boundary-is-one", [](const Neuron& neuron, const double* x) { return sum_of(neuron, x) >= 0 ? 1.0 : -1.0; }},
    {"labels-zero-and-one", [](const Neuron& neuron, const double* x) { return sum_of(neuron, x) > 0 ? 1.0 : 0.0; }}};

std::string words_of(const std::string& mistake) {
  if (mistake == "bias-left-out") return tr("with the bias b left out");
  if (mistake == "bias-in-every-term")
    return tr("with the bias {b} added once for every input, not once", fmt::arg("b", "b"));
  if (mistake == "bias-subtracted") return tr("with the bias {b} subtracted, not added", fmt::arg("b", "b"));
  if (mistake == "sum-of-whole-numbers")
    return tr("with every sum cut to a whole number: a sum that begins with the int 0 stays an int");
  if (mistake == "boundary-is-one") return tr("with 1 at z = 0, where −1 belongs");
  return tr("with 0 and 1, where −1 and 1 belong");
}

/// How the rule is followed; as it stands, rightly.
struct Way {
  Decide decides = decide;
  bool always = false, bias_learns = true, times_label = true, with_eta = true, bias_with_eta = true;
  bool when_right = false;  // a step where the decision is right, and only there
  bool weights_add = true, bias_adds = true, bias_times_label = true;
  double sign = 1, weight_sign = 1, times = 1, bias_times = 1;
  bool error_of_sum = false;  // y − z for y
  bool asks_again = false;    // for every weight, and for the bias
  bool bias_asks_again = false;  // for the bias alone
  bool weights_times_label = true;
  bool until_right = false;  // the step is made again and again
  // At z = 0 the decision is −1: who compares y·z with 0 moves for class −1 as well, or does not move for class 1.
  bool moves_at_zero = false, stays_at_zero = false;
};

Neuron learnt(Neuron neuron, const std::vector<double>& x, const std::vector<double>& y, double eta, int epochs,
              const Way& way) {
  const std::size_t D = neuron.w.size();
  for (int epoch = 0; epoch < epochs; ++epoch)
    for (std::size_t n = 0; n < y.size(); ++n) {
      const double z = sum_of(neuron, &x[n * D]);
      const bool at_zero = z == 0;
      bool right = way.decides(neuron, &x[n * D]) == y[n];
      if (at_zero && way.moves_at_zero) right = false;
      if (at_zero && way.stays_at_zero) right = true;
      if (way.when_right) right = !right;
      if (right && !way.always) continue;
      const double step = way.sign * way.times * (way.with_eta ? eta : 1) *
                          (way.error_of_sum  ? y[n] - z
                           : way.times_label ? y[n]
                                             : 1);
      const auto settled = [&] { return way.asks_again && way.decides(neuron, &x[n * D]) == y[n]; };
      int steps = 0;
      constexpr int enough = 10'000;
      do {
        for (std::size_t i = 0; i < D; ++i)
          if (!settled())
            neuron.w[i] = (way.weights_add ? neuron.w[i] : 0) +
                          way.weight_sign * step * x[n * D + i] / (way.weights_times_label ? 1 : y[n]);
        const bool bias_settled = way.bias_asks_again && way.decides(neuron, &x[n * D]) == y[n];
        if (way.bias_learns && !settled() && !bias_settled)
          neuron.b = (way.bias_adds ? neuron.b : 0) +
                     step * way.bias_times / (way.bias_with_eta ? 1 : eta) / (way.bias_times_label ? 1 : y[n]);
      } while (way.until_right && ++steps < enough && way.decides(neuron, &x[n * D]) != y[n]);
    }
  return neuron;
}

Check decisions(Draw& draw) {
  constexpr std::size_t rows = 5, D = 3;
  const std::vector<double> w = draw.numbers(D);
  const Neuron neuron{w, w[0]};
  const std::vector<double> classes = draw.labels(rows, 2);  // so that no fixed answer is right
  std::vector<double> x;
  while (x.size() < rows * D) {
    const std::vector<double> row = draw.numbers(D);
    if ((sum_of(neuron, row.data()) > 0) == (classes[x.size() / D] == 1)) x.insert(x.end(), row.begin(), row.end());
  }
  // One more lies exactly on the boundary: w[0]·(−1) + b = 0.
  x.insert(x.begin() + static_cast<std::ptrdiff_t>(draw.random().below(rows + 1) * D), {-1, 0, 0});
  std::vector<double> z, decided, without_bias, bias_in_every_term, bias_subtracted, whole;
  for (std::size_t n = 0; n < rows + 1; ++n) {
    z.push_back(sum_of(neuron, &x[n * D]));
    without_bias.push_back(z[n] - neuron.b);
    bias_in_every_term.push_back(z[n] + (D - 1) * neuron.b);
    bias_subtracted.push_back(z[n] - 2 * neuron.b);
    whole.push_back(whole_sum_of(neuron, &x[n * D]));
    decided.push_back(decide(neuron, &x[n * D]));
  }
  Check check;
  check.id = "decide";
  check.function = "decide";
  check.send = {{"w", {D}, neuron.w}, {"b", {}, {neuron.b}}, {"x", {rows + 1, D}, x}};
  check.expect = {expected("z", "sum", {rows + 1}, z), expected("decisions", "decide", {rows + 1}, decided)};
  check.expect[0].tolerance.assign(rows + 1, 1e-5);
  check.known_wrong = {{"bias-left-out", "z", without_bias, words_of("bias-left-out")},
                       {"bias-in-every-term", "z", bias_in_every_term, words_of("bias-in-every-term")},
                       {"bias-subtracted", "z", bias_subtracted, words_of("bias-subtracted")},
                       {"sum-of-whole-numbers", "z", whole, words_of("sum-of-whole-numbers")}};
  for (const WrongDecision& wrong : wrong_decisions) {
    std::vector<double> numbers;
    for (std::size_t n = 0; n < rows + 1; ++n) numbers.push_back(wrong.decide(neuron, &x[n * D]));
    check.known_wrong.push_back({wrong.mistake, "decisions", numbers, words_of(wrong.mistake)});
  }
  return check;
}

constexpr std::size_t D = 2;

struct Samples {
  Neuron neuron;
  std::vector<double> x, y;
};

/// Of three samples, two are wrong, one of each class.
Samples draw_samples(Draw& draw, std::size_t rows) {
  Samples s{{draw.numbers(D), draw.numbers(1, 0.25)[0]}, {}, {}};  // a small b: there are samples on both sides
  while (s.y.size() < rows) {
    const std::vector<double> row = draw.numbers(D);
    const double decided = decide(s.neuron, row.data());
    if (s.y.size() % 3 == 2 && decided == -s.y[s.y.size() - 2]) continue;
    s.x.insert(s.x.end(), row.begin(), row.end());
    s.y.push_back(s.y.size() % 3 == 1 ? decided : -decided);
  }
  return s;
}

/// Exactly on the boundary: first with label −1, which is right, then with label 1.
Samples on_the_boundary(Draw& draw) {
  const std::vector<double> w = draw.numbers(D);
  return {{w, w[0]}, {-1, 0, -1 - w[1], w[0]}, {-1, 1}};
}

Check learning(const std::string& id, const Samples& samples, int epochs) {
  constexpr double eta = 0.125;
  const Neuron& neuron = samples.neuron;
  const std::vector<double>&x = samples.x, &y = samples.y;
  const std::size_t rows = y.size();
  const auto after = [&](const Way& way) { return learnt(neuron, x, y, eta, epochs, way); };
  const Neuron right = after({});
  Check check;
  check.id = id;
  check.function = "learn";
  check.send = {{"w", {D}, neuron.w}, {"b", {}, {neuron.b}}, {"x", {rows, D}, x},
                {"y", {rows}, y},     {"eta", {}, {eta}},    {"epochs", {}, {static_cast<double>(epochs)}}};
  check.expect = {expected("w after", "learn", {D}, right.w), expected("b after", "learn", {}, {right.b})};
  check.expect[0].untouched = neuron.w;
  check.expect[1].untouched = {neuron.b};
  const auto known = [&](const char* mistake, const Way& way, const std::string& words) {
    const Neuron wrong = after(way);
    check.known_wrong.push_back({mistake, "w after", wrong.w, words});
    check.known_wrong.push_back({mistake, "b after", {wrong.b}, words});
  };
  for (const WrongDecision& wrong : wrong_decisions)
    known(wrong.mistake, {.decides = wrong.decide}, words_of(wrong.mistake));
  known("learns-always", {.always = true}, tr("with a step for samples that are right as well"));
  known("bias-never-learns", {.bias_learns = false}, tr("with the bias never moved"));
  known("label-left-out", {.times_label = false},
        tr("with the factor y left out: every step goes to the side of class 1"));
  known("sign", {.sign = -1}, tr("with the step taken away from y's side"));
  known("sign-of-weights", {.weight_sign = -1}, tr("with the step of w, not that of b, taken away from y's side"));
  known("learns-when-right", {.when_right = true},
        tr("with a step where the decision is right, and none where it is wrong"));
  known("weights-replaced", {.weights_add = false},
        tr("with = for += at the weights: what w has learnt before is lost"));
  known("all-replaced", {.weights_add = false, .bias_adds = false},
        tr("with = for += at the weights and at the bias: what they have learnt before is lost"));
  known("label-left-out-of-bias", {.bias_times_label = false}, tr("with the factor y left out of the bias's step"));
  known("bias-replaced", {.bias_adds = false}, tr("with = for += at the bias: what b has learnt before is lost"));
  known("rate-left-out-of-bias", {.bias_with_eta = false}, tr("with the learning rate η left out of the bias's step"));
  known("rate-left-out", {.with_eta = false}, tr("with the learning rate η left out"));
  known("bias-moves-with-every-input", {.bias_times = D},
        tr("with b moved once for every input: its line stands inside the loop over i"));
  known("error-of-sum", {.always = true, .error_of_sum = true},
        tr("with y − z for the label: the rule looks at the decision, and a right one moves nothing"));
  known("error-of-sum", {.error_of_sum = true},
        tr("with y − z for the label: the rule looks at the decision, and a right one moves nothing"));
  known("asks-again", {.asks_again = true},
        tr("with the decision taken again before every weight: the step ends halfway"));
  known("bias-asks-again", {.bias_asks_again = true},
        tr("with the decision taken again before b: b only moves where the new w still is wrong"));
  known("label-left-out-of-weights", {.weights_times_label = false},
        tr("with the factor y left out of the step of w"));
  known("until-right", {.until_right = true}, tr("with the step made again until the sample is right: it is one step"));
  known("step-twice", {.times = 2}, tr("with each step twice as long"));
  known("moves-at-zero", {.moves_at_zero = true}, tr("with a step at z = 0 for class −1, where the decision is right"));
  known("stays-at-zero", {.stays_at_zero = true}, tr("with no step at z = 0 for class 1, where the decision is −1"));
  return check;
}

}  // namespace

std::vector<Check> lesson_01_perceptron(Draw& draw) {
  const Check decided = decisions(draw);
  return {decided, learning("learn-wrong", draw_samples(draw, 1), 1), learning("learn-three", draw_samples(draw, 3), 1),
          learning("learn-boundary", on_the_boundary(draw), 1), learning("learn-epochs", draw_samples(draw, 7), 3)};
}

}  // namespace gradwalk::harness
