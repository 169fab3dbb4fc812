#pragma once

#include <string>
#include <vector>

#include "gradwalk/harness/verdict.hpp"

namespace gradwalk::harness {

/// What is wrong with one tensor of a step, in sentences: every report shows these.
struct Finding {
  std::string what;                       // "dW[0,1] is -0.4878, expected 0.4878 (12 of 15 elements differ)"
  std::vector<std::string> explanations;  // "your dW is the right one with …"; the second and later begin with "or: "
  std::string terms_of;                   // "dW[0,1] is a sum of these terms:", when there are any
  std::vector<std::string> terms;
};

/// One finding for each tensor of the step that is wrong; the check that explains it best speaks for the others.
std::vector<Finding> findings(const Verdict& verdict, const Step& step);

/// Each way in which runs ended without an answer, once.
struct FailedRun {
  std::string what;                  // "forward: the program crashed: …"
  std::vector<std::string> printed;  // the first lines that it wrote
};
std::vector<FailedRun> failed_runs(const Verdict& verdict);

}  // namespace gradwalk::harness
