#include "numerical_gradient.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

namespace gradwalk::harness {
namespace {

// Of an expectation's tolerance, which is 1e-5 of what is added up: hundreds of roundings of double.
constexpr double rounding_of_double = 1e-8;
constexpr double most_of_them = 0.6;
constexpr std::size_t enough_elements = 8;  // of one gradient of one function; of fewer, all must be near
constexpr std::size_t fewest_elements = 3;

/// How many numbers are right to the rounding of double, and how many only nearly.
struct Precision {
  std::size_t exact = 0, near = 0;

  /// Zeros say nothing: saturated units have a difference quotient of exactly 0 too. A gradient that is computed in
  /// float counts as exact; a value that is, is what makes a gradient by the rule inexact.
  void count(const Expected& expected, const std::vector<double>& got, bool gradient) {
    for (std::size_t i = 0; i < got.size(); ++i) {
      if (expected.values[i] == 0) continue;
      const bool float_number = gradient && static_cast<double>(static_cast<float>(got[i])) == got[i];
      const double error = std::abs(got[i] - expected.values[i]);
      ++(float_number || error <= rounding_of_double * expected.tolerance[i] ? exact : near);
    }
  }
  bool is_mostly_near() const {
    const std::size_t all = exact + near;
    if (all < enough_elements) return exact == 0 && near >= fewest_elements;
    return static_cast<double>(near) >= most_of_them * static_cast<double>(all);
  }
};

bool is_gradient(const Check& check, const Expected& expected) {
  return is_traced(check, expected.name) ? asked(check.trace->record, expected.name).gradient : expected.gradient;
}

}  // namespace

std::vector<OutputVerdict*> numerical_gradients(const std::vector<Check>& checks, const std::vector<RunResult>& runs,
                                                std::vector<CheckVerdict>& verdicts) {
  using FunctionAndName = std::pair<std::string, std::string>;
  std::map<FunctionAndName, Precision> gradients;
  std::map<FunctionAndName, std::vector<OutputVerdict*>> outputs;
  std::map<FunctionAndName, Precision> values;
  for (std::size_t c = 0; c < checks.size(); ++c)
    for (std::size_t o = 0; o < checks[c].expect.size(); ++o) {
      const Expected& expected = checks[c].expect[o];
      if (verdicts[c].outputs[o].fault != Fault::none || expected.complaint) continue;
      const FunctionAndName which{checks[c].function, expected.name};
      const std::vector<double>& got = runs[c].reply.find(expected.name)->values;
      if (is_gradient(checks[c], expected)) {
        gradients[which].count(expected, got, true);
        outputs[which].push_back(&verdicts[c].outputs[o]);
      } else if (expected.untouched.empty()) {
        values[which].count(expected, got, false);
      }
    }
  // An e of nine digits, an exp of float: where a function's values are inexact, the rule makes gradients that are too.
  // One that gives no values goes by those of all.
  const auto has_inexact_values = [&](const std::string& function) {
    const bool own =
        std::any_of(values.begin(), values.end(), [&](const auto& v) { return v.first.first == function; });
    return std::any_of(values.begin(), values.end(), [&](const auto& value) {
      return (!own || value.first.first == function) && value.second.near > 0 &&
             value.second.near >= value.second.exact;
    });
  };
  std::vector<OutputVerdict*> noticed;
  for (const auto& [which, precision] : gradients)
    if (precision.is_mostly_near() && !has_inexact_values(which.first))
      noticed.insert(noticed.end(), outputs[which].begin(), outputs[which].end());
  return noticed;
}

}  // namespace gradwalk::harness
