#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "gradwalk/harness/compile.hpp"
#include "gradwalk/harness/lesson.hpp"

namespace gradwalk::harness {

/// What is the matter with one tensor that came back.
enum class Fault {
  none,
  missing,  // no such tensor in the answer
  wrong_shape,
  not_finite,  // NaN or infinity where a number belongs
  different,
  untouched,  // just what the unsolved exercise gives
  carried,    // different, and paid for already: the same mistake again, or right for the student's own earlier numbers
  numerical,  // right, but a difference quotient, where the exercise asks for the rule
  unproven,   // right for the student's own earlier numbers, but these are such that a wrong rule would be as right
};

/// Where in a computation a mistake is made: in what flows back from one tensor to another, or in the value of one.
struct Place {
  std::string from;  // empty: the value of `to`
  std::string to;
};

/// One thing that explains wrong numbers.
struct Explanation {
  std::string mistake;             // ids of the catalogue, joined with " + "
  std::string words;               // "with the factor ∂a1/∂z1 left out"
  std::vector<std::string> terms;  // the first wrong element as a sum of terms, with the numbers plugged in
  std::vector<Place> places = {};  // of the check's computation; none where no trace describes it
  std::string key = {};            // the mistake and where in the computation it is made; empty where nobody knows
};

struct OutputVerdict {
  std::string name, step;
  Fault fault = Fault::none;
  Shape expected_shape, shape;
  std::size_t elements = 0, wrong = 0;
  std::string first;                      // "dW[0,1]", the first wrong element
  std::optional<bool> inputs_right;       // what it is computed from: if so, the rule of this very step is wrong
  std::string complaint;                  // of an expectation that is not a comparison
  double wanted = 0, got = 0;             // there
  std::vector<Explanation> explanations;  // all that fit
  std::string origin = {};                // of a NaN or an infinity: "it begins with exp(z[0,1]) = exp(903.2) = inf"
};

struct CheckVerdict {
  std::string id;
  RunResult run;  // without the numbers
  std::vector<OutputVerdict> outputs;
};

enum class StepStatus { passed, failed, not_attempted };

struct StepVerdict {
  Step step;
  StepStatus status = StepStatus::failed;
  double earned = 0;
};

enum class Status { passed, failed, not_attempted, does_not_compile, not_graded };

struct Verdict {
  Status status = Status::not_graded;
  Compiled compiled;
  std::vector<CheckVerdict> checks;
  std::vector<StepVerdict> steps;
  std::vector<std::string> suspicions;  // what a person should look at: "backward differentiates numerically"
  std::vector<std::string> attempts;    // refused system calls, in words, for the teacher
  double earned = 0, possible = 0;
  Tier tier = Tier::limits_only;
  bool file_rules = true;  // see describe(Tier, bool)
};

/// "passed", "failed", … as machine-readable reports write them.
std::string_view name_of(Status status);
std::string_view name_of(StepStatus status);
std::string_view name_of(Fault fault);
std::string_view name_of(Outcome outcome);
std::string_view name_of(CompileOutcome outcome);

}  // namespace gradwalk::harness
