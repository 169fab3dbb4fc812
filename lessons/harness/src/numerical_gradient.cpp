#include "numerical_gradient.hpp"

#include <cmath>

#include "gradwalk/tracer/language.hpp"

namespace gradwalk::harness {
namespace {

constexpr double rounding_of_double = 1e-13;  // relative to what is added up: hundreds of roundings
constexpr double most_of_them = 0.6;
constexpr std::size_t enough_elements = 12;  // elements, before anything is said

}  // namespace

std::string numerical_gradient_noticed(const std::vector<Check>& checks, const std::vector<RunResult>& runs,
                                       const std::vector<CheckVerdict>& verdicts) {
  std::size_t elements = 0, between = 0;
  for (std::size_t c = 0; c < checks.size(); ++c) {
    if (!checks[c].trace) continue;
    for (std::size_t o = 0; o < checks[c].expect.size(); ++o) {
      const Expected& expected = checks[c].expect[o];
      if (verdicts[c].outputs[o].fault != Fault::none || !is_traced(checks[c], expected.name) ||
          !asked(checks[c].trace->record, expected.name).gradient)
        continue;
      const std::vector<double>& got = runs[c].reply.find(expected.name)->values;
      const std::vector<double> magnitude = checks[c].trace->magnitude(expected.name);
      for (std::size_t i = 0; i < got.size(); ++i) {
        ++elements;
        const bool float_number = static_cast<double>(static_cast<float>(got[i])) == got[i];
        if (!float_number && std::abs(got[i] - expected.values[i]) > rounding_of_double * magnitude[i]) ++between;
      }
    }
  }
  if (elements < enough_elements || static_cast<double>(between) < most_of_them * static_cast<double>(elements))
    return {};
  return tr(
      "the gradients are right, but with the errors of difference quotients: backward may differentiate numerically");
}

}  // namespace gradwalk::harness
