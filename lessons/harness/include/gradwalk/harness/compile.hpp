#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gradwalk/harness/places.hpp"
#include "gradwalk/harness/sandbox.hpp"
#include "gradwalk/harness/throwaway_user.hpp"

namespace gradwalk::harness {

/// Everything that compiling needs beside the student's file, gathered in one folder that the sandbox may see.
class Kit {
 public:
  enum class Headers { as_they_are, precompiled };  // precompiled: half a second once, a third of every compile saved

  Kit(bool allow_weak_sandbox, Headers headers, Tier at_most = Tier::namespaces,
      Landlock landlock = Landlock::where_it_is);

  const Sandbox& sandbox() const { return sandbox_; }
  std::filesystem::path folder() const { return folder_.path() / "kit"; }
  std::filesystem::path folder_of_cells() const { return folder_.path(); }
  std::filesystem::path jail() const { return folder() / "gradwalk-jail"; }
  std::filesystem::path include() const { return folder() / "include"; }
  std::filesystem::path driver_main() const { return folder() / "driver_main.o"; }

 private:
  void precompile() const;

  TemporaryFolder folder_;
  Sandbox sandbox_;
};

/// Where one submission is compiled and run: a new folder and, where the judge is root, a user, both nobody else's. At
/// its end no process of that user is left, and the folder is gone.
class Cell {
 public:
  explicit Cell(const Kit& kit);
  ~Cell();
  Cell(const Cell&) = delete;
  Cell& operator=(const Cell&) = delete;

  const std::filesystem::path& folder() const { return folder_; }
  std::optional<uid_t> uid() const { return user_ ? std::optional(user_->uid()) : std::nullopt; }

 private:
  std::optional<ThrowawayUser> user_;
  std::filesystem::path folder_;
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

/// Compiles `driver` and `files` in the cell; the first of the files is the submission, whose errors are told by line.
Compiled compile(const Kit& kit, const Cell& cell, const std::filesystem::path& driver,
                 const std::vector<SourceFile>& files);

}  // namespace gradwalk::harness
