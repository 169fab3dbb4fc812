#pragma once

#include <string>

namespace gradwalk::harness {

/// The driver's source with a guard behind what it includes: a submission's macro that is called as anything in the
/// driver would rewrite it, and is an error. A main() of the submission is called otherwise. The lines keep their
/// numbers.
std::string with_macro_guard(const std::string& driver);

/// The macro that the guard's error in the compiler's `message` is about; empty: the message is about something else.
std::string guarded_macro(const std::string& message);

}  // namespace gradwalk::harness
