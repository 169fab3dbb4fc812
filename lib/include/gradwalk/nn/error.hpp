#pragma once

#include <stdexcept>
#include <string>
#include <utility>

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

/// A file is not of the kind that was asked for. `found` is there for a program that can say how such a file is made.
class WrongFile : public InputError {
 public:
  enum class Found { model_for_trace, no_trace, other_trace_version, no_model, other_model_version };

  /// The message is "FILE: WHAT".
  WrongFile(std::string file_, const std::string& what, Found found_)
      : InputError(file_ + ": " + what), file(std::move(file_)), found(found_) {}

  std::string file;
  Found found;
};

}  // namespace gradwalk
