#pragma once

#include "gradwalk/harness/check.hpp"
#include "gradwalk/harness/verdict.hpp"

namespace gradwalk::harness {

/// A tensor whose numbers are wrong, not its shape.
bool is_number_fault(const OutputVerdict& output);

/// Of what came back, what the check asks for.
std::vector<NamedTensor> asked_for(const Check& check, const Reply& reply);

/// Right rule, wrong input: what follows rightly from the student's own earlier numbers is carried, not wrong. The
/// tolerance shrinks with these numbers; where they are such that any rule would give the same, nothing is proved.
void find_carried(const Check& check, const RunResult& run, CheckVerdict& verdict);

/// A NaN or an infinity that only went through a rule, which is right in another check, is carried too.
void find_passed_through(const std::vector<Check>& checks, const std::vector<RunResult>& runs,
                         std::vector<CheckVerdict>& verdicts);

}  // namespace gradwalk::harness
