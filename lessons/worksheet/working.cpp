#include "working.hpp"

#include <cmath>

#include "gradwalk/nn/terms.hpp"

namespace gradwalk::worksheet {
namespace {

bool is_exact(double value) { return std::abs(value - std::stod(shown(value))) < 1e-9; }

std::string factor(double value) { return value < 0 ? "(" + shown(value) + ")" : shown(value); }

}  // namespace

std::string working(const Problem& problem, const Answer& answer) {
  const Record& record = problem.trace.record;
  const Tensor& tensor = record[answer.element.tensor];
  if (answer.reading == Reading::updated)
    return shown(tensor.value[answer.element.index]) + " − " + shown(problem.learning_rate) + "·" +
           factor(tensor.gradient[answer.element.index]);
  if (answer.reading != Reading::gradient || answer.element.tensor == problem.trace.last) return {};
  std::string sum;
  for (const Term& term : terms_of(record, answer.element).terms) {
    if (term.contribution == 0) continue;
    if (!is_exact(term.upstream) || !is_exact(term.local)) return {};
    sum += (sum.empty() ? "" : " + ") + (sum.empty() ? shown(term.upstream) : factor(term.upstream)) + "·" +
           factor(term.local);
  }
  return sum;
}

}  // namespace gradwalk::worksheet
