#include "wrong_answers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "gradwalk/harness/mistake.hpp"
#include "gradwalk/tracer/language.hpp"
#include "scalar_mistakes.hpp"

namespace gradwalk::worksheet {
namespace {

using harness::Alteration;
using harness::Mistake;
using harness::Site;

constexpr std::size_t most_wrong_answers = 5;

/// Those of the catalogue that are made with a pencil too, the most frequent first.
constexpr std::array classics{"sign",
                              "transposed",
                              "stored-transposed",
                              "dx-weights-transposed",
                              "dx-weights-read-as-transposed",
                              "weights-transposed",
                              "weights-read-as-transposed",
                              "loss-derivative-no-mean",
                              "loss-sum-for-mean",
                              "squared-no-two",
                              "last-row-only",
                              "first-row-only",
                              "db-sum-over-outputs",
                              "upstream-left-out",
                              "passed-through",
                              "local-left-out",
                              "dW-weights-for-input",
                              "dx-input-for-weights",
                              "last-term-wins",
                              "divided-by-batch",
                              "bias-left-out",
                              "relu-passes-all",
                              "relu-mask-turned",
                              "relu-mask-from-upstream",
                              "leaky-is-relu",
                              "leaky-as-relu",
                              "leaky-slope-everywhere",
                              "tanh-no-square",
                              "tanh-value-as-derivative",
                              "tanh-as-sigmoid",
                              "sigmoid-one-minus",
                              "sigmoid-value-as-derivative",
                              "sigmoid-as-tanh",
                              "softmax-diagonal-only",
                              "softmax-off-diagonal-sign",
                              "softmax-no-outer-factor",
                              "softmax-not-normalised",
                              "ce-no-reciprocal",
                              "ce-value-for-reciprocal",
                              "ce-no-logarithm",
                              "ce-one-minus",
                              "squared-no-target",
                              "squared-absolute-difference",
                              "squared-is-absolute",
                              "absolute-no-sign",
                              "absolute-is-squared",
                              "regression-no-absolute",
                              "logistic-no-label",
                              "logistic-logit"};

bool is_classic(const Mistake& mistake) {
  return std::find(classics.begin(), classics.end(), mistake.id) != classics.end();
}

/// The sign first, then what is said of scalars, then the others.
std::size_t rank(const Alteration& alteration) {
  const auto found = std::find(classics.begin(), classics.end(), alteration.mistake->id);
  if (found == classics.begin()) return 0;
  return found == classics.end() ? 1 : 1 + static_cast<std::size_t>(found - classics.begin());
}

/// A trace with a mistake in it, and the tensor that came out wrong first.
struct Mistaken {
  Trace trace;
  TensorId place = 0;
  bool forward = false;
  std::string name, how;  // dW1, "with its sign turned round"
};

/// The results without a name of their own, v1, v2 …: nobody who solves the problem has met them.
bool mentions_unnamed(const std::string& text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i)
    if (text[i] == 'v' && text[i + 1] >= '1' && text[i + 1] <= '9') return true;
  return false;
}

/// Whether the sheet shows this name anywhere: in a rule or among the numbers.
bool is_met(const std::string& name, const Problem& problem) {
  for (const std::string& rule : problem.rules)
    if (rule.find(name) != std::string::npos) return true;
  for (const Given& given : problem.given)
    if (given.name == name) return true;
  return false;
}

std::string told(const std::string& name, const std::string& how) {
  return tr("This number comes from {name} {how}.", fmt::arg("name", name), fmt::arg("how", how));
}

/// Every alteration of the problem's trace, the most classic first.
std::vector<Mistaken> mistaken_traces(const Problem& problem) {
  if (problem.trace.upstream.empty()) return {};
  const Record& record = problem.trace.record;
  std::vector<Alteration> alterations;
  for (const Mistake& mistake : scalar_mistakes())
    for (std::size_t op = 0; op < record.ops.size(); ++op)
      for (std::size_t slot = Site::forward_slot; slot != record.ops[op].inputs.size(); ++slot) {
        if (slot != Site::forward_slot && record[record.ops[op].inputs[slot]].gradient_state == GradientState::none)
          continue;
        if (mistake.applies({problem.trace, nullptr, op, slot})) alterations.push_back({&mistake, {op}, slot});
      }
  // Who is not asked for gradients has not met them.
  const bool met_gradients = problem.asks_for_gradients();
  for (const Alteration& one : harness::possible_alterations(problem.trace, nullptr))
    if (met_gradients && is_classic(*one.mistake) && one.ops.size() == 1) alterations.push_back(one);
  std::stable_sort(alterations.begin(), alterations.end(),
                   [](const Alteration& a, const Alteration& b) { return rank(a) < rank(b); });

  std::vector<Mistaken> traces;
  for (const Alteration& alteration : alterations) {
    const Site site{problem.trace, nullptr, alteration.ops.front(), alteration.slot};
    const TensorId place = site.is_forward() ? site.the_op().output : site.the_op().inputs[site.slot];
    const std::string name = (site.is_forward() ? "" : "d") + record[place].name;
    const std::string how = alteration.mistake->words(site);
    if (mentions_unnamed(fmt::format("{} {}", name, how))) continue;
    traces.push_back({harness::altered(problem.trace, nullptr, {&alteration, 1}), place, site.is_forward(),
                      is_met(record[place].name, problem) ? name : "", how});
  }
  return traces;
}

/// What comes out when the right trace is read in a wrong way.
std::vector<WrongAnswer> misreadings(const Problem& problem, const Answer& answer) {
  const Tensor& tensor = problem.trace.record[answer.element.tensor];
  const auto as = [&](Reading reading) { return read(problem.trace, reading, answer.element, problem.learning_rate); };
  switch (answer.reading) {
    case Reading::updated: {
      const double step = tensor.value[answer.element.index] - answer.right;
      return {{answer.right + 2 * step, told(answer.name, tr("with the step taken in the wrong direction"))},
              {tensor.value[answer.element.index] - as(Reading::gradient),
               told(answer.name, tr("with the learning rate η left out"))},
              {-step, told(answer.name, tr("with the step alone: it has to be added to the old value"))}};
    }
    case Reading::decision:
      return {{-answer.right, tr("That is the other class: look at the sign of z.")}};
    case Reading::rows:
    case Reading::columns:
      return {{as(answer.reading == Reading::rows ? Reading::columns : Reading::rows),
               tr("Rows and columns are exchanged: that is the transpose.")}};
    case Reading::parameters: {
      double weights = 0;
      for (const Tensor& one : problem.trace.record.tensors)
        if (one.role == Role::parameter && one.shape.size() == 2)
          weights += static_cast<double>(element_count(one.shape));
      return {{weights, tr("The biases are left out.")}};
    }
    default:
      return {};
  }
}

void add(Answer& answer, const WrongAnswer& wrong) {
  const auto meets = [&](double other) { return !(std::abs(wrong.value - other) > 2 * answer.tolerance); };
  if (answer.wrong.size() == most_wrong_answers || !std::isfinite(wrong.value) || meets(answer.right)) return;
  for (const WrongAnswer& known : answer.wrong)
    if (meets(known.value)) return;
  answer.wrong.push_back(wrong);
}

}  // namespace

void find_wrong_answers(Problem& problem) {
  const std::vector<Mistaken> traces = mistaken_traces(problem);
  for (Question& question : problem.questions)
    for (Answer& answer : question.answers) {
      for (const WrongAnswer& wrong : misreadings(problem, answer)) add(answer, wrong);
      // First what can go wrong at this very place, then what was carried here.
      for (const bool here : {true, false})
        for (const Mistaken& mistaken : traces) {
          const bool is_here =
              mistaken.place == answer.element.tensor && mistaken.forward == (answer.reading == Reading::value);
          if (is_here == here)
            add(answer, {read(mistaken.trace, answer.reading, answer.element, problem.learning_rate),
                         told(mistaken.name.empty() ? answer.name : mistaken.name, mistaken.how)});
        }
    }
}

}  // namespace gradwalk::worksheet
