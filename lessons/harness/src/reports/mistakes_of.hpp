#pragma once

#include <string>
#include <vector>

#include "gradwalk/harness/verdict.hpp"

namespace gradwalk::harness {

/// The ids of the mistakes that were found, each once, sorted: the best explanation of every wrong tensor.
std::vector<std::string> mistakes_of(const Verdict& verdict);

}  // namespace gradwalk::harness
