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

/// The kernel's rules on files, which hold a compiler to the toolchain's where there are no namespaces. `never` is for
/// tests: as on a kernel without them.
enum class Landlock { where_it_is, never };

/// The tier in words, as every report names it. `file_rules`: a compile sees no file but the toolchain's and its own.
std::string describe(Tier tier, bool file_rules);

class Sandbox {
 public:
  /// Finds the strongest tier that works here by locking `jail` in and having it run once. Throws InputError where only
  /// limits_only is left and `allow_weak` is false. `at_most` keeps a test from the stronger tiers.
  static Sandbox find(const std::filesystem::path& jail, bool allow_weak, Tier at_most = Tier::namespaces,
                      Landlock landlock = Landlock::where_it_is);

  Tier tier() const { return tier_; }
  /// Whether a compile is kept from files that are none of its own; what it reads all the same is noticed afterwards.
  bool has_file_rules() const { return tier_ == Tier::namespaces || landlock_; }
  /// Whether every submission is compiled and run as a user of its own; else as the judge itself.
  bool has_throwaway_users() const { return throwaway_users_; }

  /// The compiler's `command`, run inside `work` (writable) with the toolchain and `kit` (both read-only) in sight.
  /// This and the jail run as `uid` where one is given.
  Command compiler(Command command, const std::filesystem::path& kit, const std::filesystem::path& work,
                   std::optional<uid_t> uid) const;
  /// The jail around `program`, taking orders on descriptor `control`.
  Command jail(const std::filesystem::path& jail, const std::filesystem::path& program, int control,
               std::optional<uid_t> uid) const;

 private:
  Sandbox(Tier tier, bool throwaway_users, bool landlock)
      : tier_(tier), throwaway_users_(throwaway_users), landlock_(landlock) {}

  Tier tier_;
  bool throwaway_users_, landlock_;
};

}  // namespace gradwalk::harness
