#pragma once

#include <stdexcept>
#include <string>

namespace gradwalk {

/// The caller misused the library: shapes that do not fit, a label that no class has. The message names the shapes.
class ShapeError : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/// Something from outside (a file, a flag, an expression) is wrong. The message is one line: what, where, what to do.
/// Programs print it and exit with 2.
class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace gradwalk
