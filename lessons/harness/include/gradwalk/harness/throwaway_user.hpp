#pragma once

#include <sys/types.h>

#include "gradwalk/harness/process.hpp"

namespace gradwalk::harness {

/// A user that no account has and that nobody else on this machine runs as while this lives: one for each submission,
/// because the kernel counts threads by user, and processes of one user may signal one another. Needs root.
class ThrowawayUser {
 public:
  /// Throws InputError when none is free.
  ThrowawayUser();
  /// Kills what still runs as this user.
  ~ThrowawayUser();
  ThrowawayUser(const ThrowawayUser&) = delete;
  ThrowawayUser& operator=(const ThrowawayUser&) = delete;

  uid_t uid() const { return uid_; }

 private:
  uid_t uid_ = 0;
  Descriptor lease_;
};

}  // namespace gradwalk::harness
