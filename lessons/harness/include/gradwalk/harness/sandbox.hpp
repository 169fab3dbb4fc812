#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>

#include "gradwalk/harness/process.hpp"

namespace gradwalk::harness {

/// How strongly a submission is locked in. Compiling and running share the tier; running adds the jail's system-call
/// filter, limits and closed descriptors (lessons/harness/jail) in every tier.
enum class Tier {
  namespaces,     // bubblewrap, all namespaces unshared: no network, empty root, no other process in sight
  throwaway_uid,  // a user that owns nothing; needs root
  limits_only,    // the judge's own user: refused unless the teacher insists
};

/// The tier in words, as every report names it.
std::string describe(Tier tier);

class Sandbox {
 public:
  /// Finds the strongest tier that works here by locking `jail` in and having it run once. Throws InputError where only
  /// limits_only is left and `allow_weak` is false. `at_most` keeps a test from the stronger tiers.
  static Sandbox find(const std::filesystem::path& jail, bool allow_weak, Tier at_most = Tier::namespaces);

  Tier tier() const { return tier_; }
  /// The user that owns what a compiler in the sandbox may write; unset when it is the judge itself.
  std::optional<uid_t> uid() const { return uid_; }

  /// The compiler's `command`, run inside `work` (writable) with the toolchain and `kit` (both read-only) in sight.
  Command compiler(Command command, const std::filesystem::path& kit, const std::filesystem::path& work) const;
  /// The jail around `program`, taking orders on descriptor `control`.
  Command jail(const std::filesystem::path& jail, const std::filesystem::path& program, int control) const;

 private:
  Sandbox(Tier tier, std::optional<uid_t> uid) : tier_(tier), uid_(uid) {}

  Tier tier_;
  std::optional<uid_t> uid_;
};

}  // namespace gradwalk::harness
