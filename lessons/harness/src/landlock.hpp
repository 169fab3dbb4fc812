#pragma once

#include <filesystem>
#include <vector>

#include "gradwalk/harness/process.hpp"

namespace gradwalk::harness {

/// Whether the kernel has Landlock: not before 5.13, and not where it is switched off.
bool has_landlock();

/// A set of rules for it: read and run below `readable`, everything below `writable`, nothing else. Throws InputError
/// where none can be made: whoever asks for rules does not go on without them.
Descriptor landlock_rules(const std::vector<std::filesystem::path>& readable,
                          const std::vector<std::filesystem::path>& writable);

/// Puts the calling process under the rules, for good. False: it is not under them. Safe between fork and exec.
[[nodiscard]] bool obey_landlock_rules(int rules);

}  // namespace gradwalk::harness
