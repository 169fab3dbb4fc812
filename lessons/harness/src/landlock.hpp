#pragma once

#include <filesystem>
#include <vector>

#include "gradwalk/harness/process.hpp"

namespace gradwalk::harness {

/// A set of rules for the kernel's Landlock: read and run below `readable`, everything below `writable`, nothing else.
/// Empty where the kernel has no Landlock (before 5.13, or switched off).
Descriptor landlock_rules(const std::vector<std::filesystem::path>& readable,
                          const std::vector<std::filesystem::path>& writable);

/// Puts the calling process under the rules, for good. Safe between fork and exec.
void obey_landlock_rules(int rules);

}  // namespace gradwalk::harness
