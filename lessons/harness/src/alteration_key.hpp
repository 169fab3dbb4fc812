#pragma once

#include <string>

#include "gradwalk/harness/mistake.hpp"

namespace gradwalk::harness {

/// An alteration as it is in every check: the mistake, and the names of what it is made at.
std::string key_of(const Alteration& alteration, const Trace& trace);

}  // namespace gradwalk::harness
