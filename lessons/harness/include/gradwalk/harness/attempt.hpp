#pragma once

#include <string>

namespace gradwalk::harness {

/// A refused system call as a sentence for the teacher: "it tried to open a network connection". Empty for
/// what a C library does by itself when a program sets its language.
std::string describe_attempt(int system_call, const std::string& path);

}  // namespace gradwalk::harness
