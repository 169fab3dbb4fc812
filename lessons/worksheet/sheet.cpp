#include "sheet.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

#include "gradwalk/harness/draw.hpp"
#include "gradwalk/harness/lesson.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/language.hpp"
#include "kinds/kinds.hpp"
#include "wrong_answers.hpp"

namespace gradwalk::worksheet {
namespace {

/// What fits a lesson; the kinds take turns.
const std::vector<MakeProblem>& kinds_for(const std::string& lesson) {
  static const std::map<std::string, std::vector<MakeProblem>> kinds = {
      {"01", {perceptron_step}},
      {"02", {squared_error, cross_entropy, absolute_error, logistic_loss}},
      {"03", {descent_of_a_line, descent_in_a_valley, descent_of_a_batch}},
      {"04", {linear_parameters, linear_inputs}},
      {"05", {softmax_and_cross_entropy, softmax_forward, softmax_backward}},
      {"06", {rectifier, tanh_backward, sigmoid_backward, activation_with_calculator}},
      {"07", {scalar_graph}},
      {"08", {two_layers_of_relu, two_layers_of_tanh}},
      {"09", {update_of_one_layer, update_of_two_layers}},
      {"10", {regression_line, regression_with_absolute_error}},
      {"11", {weight_decay, size_by_depth, gradient_by_depth}},
      {"12", {shapes_and_counts, last_layer_of_a_classifier}}};
  const auto entry = kinds.find(lesson);
  if (entry == kinds.end())
    throw InputError(tr("there are no worksheets for lesson {lesson}", fmt::arg("lesson", lesson)));
  return entry->second;
}

}  // namespace

Sheet make_sheet(std::string_view lesson, std::uint64_t seed, std::int64_t count) {
  const harness::Lesson subject = harness::lesson_named(lesson);
  const std::vector<MakeProblem>& kinds = kinds_for(subject.number);
  Sheet sheet{subject.number, subject.title, seed, {}};
  if (count < 1 || count > most_problems)
    throw InputError(tr("a worksheet has 1 to {most} problems, not {count}", fmt::arg("most", most_problems),
                        fmt::arg("count", count)));
  Numbers numbers(harness::key_of("worksheet", fmt::format("{}", seed), sheet.lesson));
  std::set<std::string> known;
  // A kind that has brought nothing new for so long has no more to give.
  constexpr std::size_t patience = 20000;
  std::vector<std::size_t> in_vain(kinds.size());
  for (std::size_t kind = 0; std::ssize(sheet.problems) < count; kind = (kind + 1) % kinds.size()) {
    bool found = false;
    while (!found && in_vain[kind] < patience) {
      Problem problem = kinds[kind](numbers);
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
