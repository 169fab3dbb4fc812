#include "sheet.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <set>

#include "gradwalk/harness/draw.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/language.hpp"
#include "kinds/kinds.hpp"
#include "wrong_answers.hpp"

namespace gradwalk::worksheet {
namespace {

struct Subject {
  int number;
  std::string title;
  std::vector<MakeProblem> kinds;  // they take turns
};

std::vector<Subject> subjects() {
  return {
      {1, tr("The perceptron"), {perceptron_step}},
      {2, tr("Losses"), {squared_error, cross_entropy, absolute_error, logistic_loss}},
      {3, tr("Gradient descent"), {descent_of_a_line, descent_in_a_valley, descent_of_a_batch}},
      {4, tr("The linear layer"), {linear_parameters, linear_inputs}},
      {5, tr("Softmax and cross-entropy"), {softmax_and_cross_entropy, softmax_forward, softmax_backward}},
      {6, tr("Activations"), {rectifier, tanh_backward, sigmoid_backward, activation_with_calculator}},
      {7, tr("The chain rule on a graph"), {scalar_graph}},
      {8, tr("Two layers"), {two_layers_of_relu, two_layers_of_tanh}},
      {9, tr("Your own framework"), {update_of_one_layer, update_of_two_layers}},
      {10, tr("Regression"), {regression_line, regression_with_absolute_error}},
      {11, tr("Initialisation, depth and weight decay"), {weight_decay, size_by_depth, gradient_by_depth}},
      {12, tr("The MNIST lab"), {shapes_and_counts, last_layer_of_a_classifier}},
  };
}

Subject subject_named(std::string_view name) {
  const std::vector<Subject> all = subjects();
  int number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  const bool is_number = error == std::errc() && (end == name.data() + name.size() || *end == '_');
  const Subject* nearest = &all.front();
  for (const Subject& subject : all) {
    if (is_number && subject.number == number) return subject;
    if (is_number && std::abs(subject.number - number) < std::abs(nearest->number - number)) nearest = &subject;
  }
  throw InputError(tr("there is no lesson {name}; the nearest is {number} ({title})", fmt::arg("name", name),
                      fmt::arg("number", fmt::format("{:02}", nearest->number)), fmt::arg("title", nearest->title)));
}

}  // namespace

Sheet make_sheet(std::string_view lesson, std::uint64_t seed, std::int64_t count) {
  const Subject subject = subject_named(lesson);
  Sheet sheet{fmt::format("{:02}", subject.number), subject.title, seed, {}};
  if (count < 1 || count > most_problems)
    throw InputError(tr("a worksheet has 1 to {most} problems, not {count}", fmt::arg("most", most_problems),
                        fmt::arg("count", count)));
  Numbers numbers(harness::key_of("worksheet", fmt::format("{}", seed), sheet.lesson));
  std::set<std::string> known;
  // A kind that has brought nothing new for so long has no more to give.
  constexpr std::size_t patience = 20000;
  std::vector<std::size_t> in_vain(subject.kinds.size());
  for (std::size_t kind = 0; std::ssize(sheet.problems) < count; kind = (kind + 1) % subject.kinds.size()) {
    bool found = false;
    while (!found && in_vain[kind] < patience) {
      Problem problem = subject.kinds[kind](numbers);
      found = is_fit(problem) && known.insert(identity(problem)).second;
      in_vain[kind] = found ? 0 : in_vain[kind] + 1;
      if (!found) continue;
      find_wrong_answers(problem);
      sheet.problems.push_back(std::move(problem));
    }
    bool exhausted = true;
    for (const std::size_t tries : in_vain) exhausted = exhausted && tries >= patience;
    if (exhausted)
      throw InputError(trn("lesson {lesson} has only {n} problem, not {count}",
                           "lesson {lesson} has only {n} different problems, not {count}", sheet.problems.size(),
                           fmt::arg("lesson", sheet.lesson), fmt::arg("n", sheet.problems.size()),
                           fmt::arg("count", count)));
  }
  return sheet;
}

}  // namespace gradwalk::worksheet
