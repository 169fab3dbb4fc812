#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gradwalk/harness/places.hpp"
#include "gradwalk/harness/sandbox.hpp"

namespace gradwalk::harness {

/// Everything that compiling needs beside the student's file, gathered in one folder that the sandbox may see.
class Kit {
 public:
  enum class Headers { as_they_are, precompiled };  // precompiled: half a second once, a third of every compile saved

  Kit(bool allow_weak_sandbox, Headers headers, Tier at_most = Tier::namespaces,
      Landlock landlock = Landlock::where_it_is);

  const Sandbox& sandbox() const { return sandbox_; }
  std::filesystem::path folder() const { return folder_.path() / "kit"; }
  std::filesystem::path jail() const { return folder() / "gradwalk-jail"; }
  std::filesystem::path include() const { return folder() / "include"; }
  std::filesystem::path driver_main() const { return folder() / "driver_main.o"; }
  /// A new empty folder for one submission, writable from inside the sandbox.
  std::filesystem::path new_work_folder() const;

 private:
  void precompile() const;

  TemporaryFolder folder_;
  Sandbox sandbox_;
};

enum class CompileOutcome {
  compiled,
  error_in_submission,  // `line` and `message` say where and what, in the compiler's words
  error_in_driver,      // the submission compiles, but what the lesson calls is not there
  error_in_linking,
  timed_out,
  too_large,    // of memory, or of output
  unreadable,   // the file cannot be read, or is too big
  not_started,  // no g++: the fault is ours
};

struct Compiled {
  CompileOutcome outcome = CompileOutcome::not_started;
  std::filesystem::path program;
  int line = 0, column = 0;  // in the student's file; 0 where unknown
  std::string message;
  std::string output;  // all that the compiler said, cut
};

struct SourceFile {
  std::string name;
  std::string bytes;
};

/// Compiles `driver` in a new folder of its own that holds `files`; the first of them is the submission, whose errors
/// are told by line.
Compiled compile(const Kit& kit, const std::filesystem::path& driver, const std::vector<SourceFile>& files);

}  // namespace gradwalk::harness
