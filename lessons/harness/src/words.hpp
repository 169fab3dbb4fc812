#pragma once

#include <string>

#include "gradwalk/harness/lesson.hpp"
#include "gradwalk/harness/verdict.hpp"

// What every report says in the same words, in the current language.

namespace gradwalk::harness {

/// "the program ran for longer than 2 s and was stopped"; empty when it answered.
std::string describe_run(const RunResult& run, const RunLimits& limits = {});

/// "exercise.hpp:12:7: expected ';' after …": what kept it from compiling.
std::string describe_compile(const Compiled& compiled, const std::string& file);

/// "dW[0,1] is -0.4878, expected 0.4878 (12 of 15 elements differ)"
std::string describe_output(const OutputVerdict& output);

/// "your dW is the right value with …"
std::string describe_explanation(const OutputVerdict& output, const Explanation& explanation);

/// "Lesson 04, The linear layer: exercise.hpp"
std::string heading(const Lesson& lesson, const std::string& file);

/// "2/3", or "still gives what the empty exercise gives"; "not attempted" where that is so of all steps.
std::string step_result(const Verdict& verdict, const StepVerdict& step);

/// "Passed: 10/10 points.", or why it did not come that far.
std::string conclusion(const Verdict& verdict, const std::string& file);

/// Text from a submission made fit to be shown: control characters and broken UTF-8 become '?'.
std::string printable(const std::string& text);

}  // namespace gradwalk::harness
