#include "judge_fit.hpp"

#include <cmath>

#include "gradwalk/tracer/language.hpp"

namespace gradwalk::harness::lesson_10 {
namespace {

struct Point {
  double w, b;
};

/// How the descent is made; as it stands, rightly.
struct Descent {
  bool of_bowl = true;              // or of the squared error
  double w_sign = -1, b_sign = -1;  // 0: left as it was
  bool only_first = false;
  std::ptrdiff_t more_steps = 0;
  double times = 1;
  bool gradient_once = false, gradients_kept = false, from_new_w = false, from_new_b = false, swapped = false,
       rate = true, rate_falls = false, adds = true;
};

constexpr std::size_t bowl_size = 3;

/// Where it begins, and what is handed to gradient_of: for the judge's own, x and y describe a bowl.
struct Descended {
  Point start;
  std::vector<double> x, y;
  std::size_t steps;
  double rate;
};

Descended bowl(Draw& draw, std::size_t steps, double rate) {
  const std::vector<double> n = draw.numbers(7);
  const double across = n[0] / 4;
  return {{n[1], n[2]}, {1 + std::abs(n[3]), across, n[4]}, {across, 1 + std::abs(n[5]), n[6]}, steps, rate};
}

/// The descent, or a wrong one.
Point descend(const Descended& d, const Descent& how) {
  const std::vector<double>&x = d.x, &y = d.y;
  const auto gradient = [&](Point at) {
    Point sum{0, 0};
    if (how.of_bowl) sum = {x[0] * at.w + x[1] * at.b + x[2], y[0] * at.w + y[1] * at.b + y[2]};
    for (std::size_t n = 0; n < x.size() && !how.of_bowl; ++n) {
      const double df = 2 * (at.w * x[n] + at.b - y[n]) / static_cast<double>(x.size());
      sum.w += df * x[n];
      sum.b += df;
    }
    return how.swapped ? Point{sum.b, sum.w} : sum;
  };
  Point at = d.start, kept{0, 0};
  const Point first = gradient(at);
  const std::size_t taken = how.only_first ? 1 : d.steps + static_cast<std::size_t>(how.more_steps);
  for (std::size_t step = 1; step <= taken; ++step) {
    Point slope = how.gradient_once ? first : gradient(at);
    if (how.gradients_kept) slope = kept = {kept.w + slope.w, kept.b + slope.b};
    const double rate = how.times * (how.rate ? d.rate : 1) / (how.rate_falls ? double(step) : 1);
    const auto move = [&](double& number, double sign, double along) {
      if (sign != 0) number = (how.adds ? number : 0) + sign * rate * along;
    };
    if (how.from_new_b) {
      move(at.b, how.b_sign, slope.b);
      move(at.w, how.w_sign, gradient(at).w);
    } else {
      move(at.w, how.w_sign, slope.w);
      move(at.b, how.b_sign, how.from_new_w ? gradient(at).b : slope.b);
    }
  }
  return at;
}

struct KnownDescent {
  const char* mistake;
  Descent how;
  std::string words;
};

std::vector<KnownDescent> wrong_descents() {
  return {
      {"ascent", {.w_sign = 1, .b_sign = 1}, tr("with += where −= belongs: it goes uphill")},
      {"ascent-of-w", {.w_sign = 1}, tr("with w moved uphill: += where −= belongs")},
      {"ascent-of-b", {.b_sign = 1}, tr("with b moved uphill: += where −= belongs")},
      {"weight-left-out", {.w_sign = 0}, tr("with w left as it was")},
      {"bias-left-out", {.b_sign = 0}, tr("with b left as it was")},
      {"one-step", {.only_first = true}, tr("with the loop ended after its first step")},
      {"one-step-too-few", {.more_steps = -1}, tr("with one step too few")},
      {"one-step-too-many", {.more_steps = 1}, tr("with one step too many")},
      {"gradient-once", {.gradient_once = true}, tr("with the gradient of the first step used for all of them")},
      {"gradients-kept", {.gradients_kept = true}, tr("with the gradients of the steps before still in the sum")},
      {"from-new-w", {.from_new_w = true}, tr("with ∂L/∂b taken after w has moved: both belong to the same line")},
      {"from-new-b", {.from_new_b = true}, tr("with ∂L/∂w taken after b has moved: both belong to the same line")},
      {"swapped-in-fit", {.swapped = true}, tr("with ∂L/∂w and ∂L/∂b in each other's place")},
      {"rate-left-out", {.rate = false}, tr("with the learning rate left out")},
      {"rate-falls", {.rate_falls = true}, tr("with the learning rate divided by the number of the step")},
      {"step-twice", {.times = 2}, tr("with each step twice as long")},
      {"step-halved", {.times = 0.5}, tr("with each step half as long")},
      {"step-by-N", {.times = bowl_size}, tr("with the gradient summed over the points, not their mean")},
      {"step-over-N", {.times = 1.0 / bowl_size}, tr("with the gradient divided by the number of points once more")},
      {"gradient-of-its-own",
       {.of_bowl = false},
       tr("with the gradient of the squared error, where gradient_of was handed over")},
      {"replaced", {.adds = false}, tr("with = where −= belongs: the old value is lost")}};
}

Check fit(const std::string& id, const Descended& d) {
  const Point right = descend(d, {});
  Check check;
  check.id = id;
  check.function = "fit";
  check.send = {
      {"W", {1, 1}, {d.start.w}}, {"b", {1}, {d.start.b}}, {"x", {bowl_size, 1}, d.x}, {"y", {bowl_size, 1}, d.y}};
  check.send.push_back({"steps", {}, {static_cast<double>(d.steps)}});
  check.send.push_back({"learning_rate", {}, {d.rate}});
  check.expect = {expected("W after", "fit", {1, 1}, {right.w}), expected("b after", "fit", {1}, {right.b})};
  check.expect[0].untouched = {d.start.w};
  check.expect[1].untouched = {d.start.b};
  for (const KnownDescent& known : wrong_descents()) {
    const Point wrong = descend(d, known.how);
    check.known_wrong.push_back({known.mistake, "W after", {wrong.w}, known.words});
    check.known_wrong.push_back({known.mistake, "b after", {wrong.b}, known.words});
  }
  return check;
}

}  // namespace

std::vector<Check> fit_checks(Draw& draw) {
  const std::size_t steps = 5 + draw.random().below(4);
  const double rate = draw.random().below(2) ? 0.125 : 0.1875;  // another one in each: none can be written in
  return {fit("fit", bowl(draw, steps, rate)), fit("fit-again", bowl(draw, steps + 4, rate / 2))};
}

}  // namespace gradwalk::harness::lesson_10
