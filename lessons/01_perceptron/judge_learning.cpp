// Of the judge: the perceptron rule, followed rightly and in the ways that are known to be wrong: one step on a sample
// that is wrong, on three samples, on the boundary, and a few epochs.
#include <fmt/format.h>

#include <set>

#include "gradwalk/tracer/language.hpp"
#include "judge_neuron.hpp"

namespace gradwalk::harness::lesson_01 {
namespace {

/// How the rule is followed; as it stands, rightly.
struct Way {
  OfSample decides = decide;
  bool always = false, bias_learns = true, times_label = true, with_eta = true, bias_with_eta = true;
  bool when_right = false;  // a step where the decision is right, and only there
  bool weights_add = true, bias_adds = true, bias_times_label = true;
  double sign = 1, weight_sign = 1, times = 1;
  bool bias_with_every_input = false;
  bool error_of_sum = false;     // y − z for y
  bool asks_again = false;       // for every weight, and for the bias
  bool bias_asks_again = false;  // for the bias alone
  bool weights_times_label = true, weights_with_eta = true, times_input = true;
  bool until_right = false;                        // the step is made again and again
  std::size_t first_weight = 0, weights_left = 0;  // the loop over them starts too late, or ends too early
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
        for (std::size_t i = way.first_weight; i + way.weights_left < D; ++i)
          if (!settled())
            neuron.w[i] = (way.weights_add ? neuron.w[i] : 0) +
                          way.weight_sign * step * (way.times_input ? x[n * D + i] : 1) /
                              (way.weights_times_label ? 1 : y[n]) / (way.weights_with_eta ? 1 : eta);
        const bool bias_settled = way.bias_asks_again && way.decides(neuron, &x[n * D]) == y[n];
        if (way.bias_learns && !settled() && !bias_settled)
          neuron.b = (way.bias_adds ? neuron.b : 0) + step * (way.bias_with_every_input ? double(D) : 1) /
                                                          (way.bias_with_eta ? 1 : eta) /
                                                          (way.bias_times_label ? 1 : y[n]);
      } while (way.until_right && ++steps < enough && way.decides(neuron, &x[n * D]) != y[n]);
    }
  return neuron;
}

struct Samples {
  Neuron neuron;
  std::vector<double> x, y;
};

/// Of three samples, two are wrong, one of each class.
Samples draw_samples(Draw& draw, std::size_t rows, std::size_t D) {
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
  const std::vector<double> w = draw.numbers(2);
  return {{w, w[0]}, {-1, 0, -1 - w[1], w[0]}, {-1, 1}};
}

struct WrongWay {
  std::string mistake;
  Way way;
  std::string words;
};

std::vector<WrongWay> wrong_ways() {
  std::vector<WrongWay> all = {
      {"learns-always", {.always = true}, tr("with a step for samples that are right as well")},
      {"bias-never-learns", {.bias_learns = false}, tr("with the bias never moved")},
      {"first-weight-never-learns", {.first_weight = 1}, tr("with the first weight never moved: the loop starts at 1")},
      {"last-weight-never-learns",
       {.weights_left = 1},
       tr("with the last weight never moved: the loop ends too early")},
      {"label-left-out",
       {.times_label = false},
       tr("with the factor y left out: every step goes to the side of class 1")},
      {"sign", {.sign = -1}, tr("with the step taken away from y's side")},
      {"sign-of-weights", {.weight_sign = -1}, tr("with the step of w, not that of b, taken away from y's side")},
      {"learns-when-right",
       {.when_right = true},
       tr("with a step where the decision is right, and none where it is wrong")},
      {"weights-replaced",
       {.weights_add = false},
       tr("with = for += at the weights: what w has learnt before is lost")},
      {"all-replaced",
       {.weights_add = false, .bias_adds = false},
       tr("with = for += at the weights and at the bias: what they have learnt before is lost")},
      {"label-left-out-of-bias", {.bias_times_label = false}, tr("with the factor y left out of the bias's step")},
      {"bias-replaced", {.bias_adds = false}, tr("with = for += at the bias: what b has learnt before is lost")},
      {"rate-left-out-of-bias", {.bias_with_eta = false}, tr("with the learning rate η left out of the bias's step")},
      {"rate-left-out-of-weights",
       {.weights_with_eta = false},
       tr("with the learning rate η left out of the step of w")},
      {"input-left-out", {.times_input = false}, tr("with the factor x[i] left out of the step of w")},
      {"rate-left-out", {.with_eta = false}, tr("with the learning rate η left out")},
      {"bias-moves-with-every-input",
       {.bias_with_every_input = true},
       tr("with b moved once for every input: its line stands inside the loop over i")},
      {"error-of-sum",
       {.always = true, .error_of_sum = true},
       tr("with y − z for the label: the rule looks at the decision, and a right one moves nothing")},
      {"error-of-sum",
       {.error_of_sum = true},
       tr("with y − z for the label: the rule looks at the decision, and a right one moves nothing")},
      {"asks-again",
       {.asks_again = true},
       tr("with the decision taken again before every weight: the step ends halfway")},
      {"bias-asks-again",
       {.bias_asks_again = true},
       tr("with the decision taken again before b: b only moves where the new w still is wrong")},
      {"label-left-out-of-weights", {.weights_times_label = false}, tr("with the factor y left out of the step of w")},
      {"until-right", {.until_right = true}, tr("with the step made again until the sample is right: it is one step")},
      {"step-twice", {.times = 2}, tr("with each step twice as long")},
      {"moves-at-zero", {.moves_at_zero = true}, tr("with a step at z = 0 for class −1, where the decision is right")},
      {"stays-at-zero", {.stays_at_zero = true}, tr("with no step at z = 0 for class 1, where the decision is −1")}};
  for (const WrongDecision& wrong : wrong_decisions())
    all.push_back({wrong.mistake, {.decides = wrong.decide}, wrong.words});
  return all;
}

/// Who decides wrongly may learn wrongly too.
std::vector<WrongWay> wrong_twice() {
  std::vector<WrongWay> all;
  for (const WrongDecision& decision : wrong_decisions())
    for (WrongWay wrong : wrong_ways()) {
      if (wrong.way.decides != decide) continue;
      wrong.way.decides = decision.decide;
      all.push_back({decision.mistake + " + " + wrong.mistake, wrong.way,
                     tr("{one}, and {other}", fmt::arg("one", decision.words), fmt::arg("other", wrong.words))});
    }
  return all;
}

/// The rule, followed from a drawn beginning.
struct Course {
  std::string id;
  Samples samples;
  int epochs;
  double eta;

  Neuron learnt_in(const Way& way) const { return learnt(samples.neuron, samples.x, samples.y, eta, epochs, way); }
};

Check check_of(const Course& course) {
  const auto& [neuron, x, y] = course.samples;
  const std::size_t rows = y.size(), D = neuron.w.size();
  const Neuron right = course.learnt_in({});
  Check check;
  check.id = course.id;
  check.function = "learn";
  check.send = {{"w", {D}, neuron.w}, {"b", {}, {neuron.b}},     {"x", {rows, D}, x},
                {"y", {rows}, y},     {"eta", {}, {course.eta}}, {"epochs", {}, {static_cast<double>(course.epochs)}}};
  check.expect = {expected("w after", "learn", {D}, right.w), expected("b after", "learn", {}, {right.b})};
  check.expect[0].untouched = neuron.w;
  check.expect[1].untouched = {neuron.b};
  return check;
}

}  // namespace

std::vector<Check> learning_checks(Draw& draw) {
  const double eta = draw.random().below(2) ? 0.125 : 0.1875;  // another one in every check: none can be written in
  const std::vector<Course> courses = {{"learn-wrong", draw_samples(draw, 1, 2), 1, eta},
                                       {"learn-three", draw_samples(draw, 3, 3), 1, eta / 2},
                                       {"learn-boundary", on_the_boundary(draw), 1, eta},
                                       {"learn-epochs", draw_samples(draw, 7, 4), 3, 2 * eta}};
  std::vector<Check> checks;
  for (const Course& course : courses) checks.push_back(check_of(course));
  std::set<std::vector<double>> told;
  const auto tell = [&](const WrongWay& wrong, bool only_if_new) {
    std::vector<Neuron> got;
    std::vector<double> numbers;
    for (const Course& course : courses) {
      got.push_back(course.learnt_in(wrong.way));
      numbers.insert(numbers.end(), got.back().w.begin(), got.back().w.end());
      numbers.push_back(got.back().b);
    }
    if (!told.insert(numbers).second && only_if_new) return;
    for (std::size_t c = 0; c < checks.size(); ++c) {
      checks[c].known_wrong.push_back({wrong.mistake, "w after", got[c].w, wrong.words});
      checks[c].known_wrong.push_back({wrong.mistake, "b after", {got[c].b}, wrong.words});
    }
  };
  for (const WrongWay& wrong : wrong_ways()) tell(wrong, false);
  // Two mistakes are only spoken of where no single one makes the same numbers.
  for (const WrongWay& wrong : wrong_twice()) tell(wrong, true);
  return checks;
}

}  // namespace gradwalk::harness::lesson_01
