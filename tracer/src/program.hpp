#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gradwalk {

/// Runs a program that is found on the PATH, gives it `input`, waits, and returns what it wrote to its standard output.
/// Throws InputError when it is not there, naming the Debian package, and with its first line of complaint when it
/// fails.
std::string run_program(const std::vector<std::string>& words, std::string_view input, std::string_view package);

}  // namespace gradwalk
