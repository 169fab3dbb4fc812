#pragma once

#include <filesystem>

#include "gradwalk/harness/process.hpp"

namespace gradwalk::harness {

/// Where the lessons lie: lessons/ of share_folder(), else the source tree that the program was built from. Throws
/// InputError when none of them is there.
std::filesystem::path lessons_folder();

/// Where gradwalk-jail and driver_main.o lie: beside the running program, in libexec/gradwalk of its installation, or
/// in tools/ of the lessons.
std::filesystem::path tools_folder();

/// The program `gradwalk`, beside the running one. Throws InputError when it is not there.
std::filesystem::path gradwalk_program();

/// A new folder under TMPDIR (or /tmp) that other users may pass through but not list; removed by the destructor. One
/// that was left behind by a process that was killed is removed when the next one is made.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  Descriptor owner_;  // of a locked file in it: as long as it is locked, somebody lives here
};

}  // namespace gradwalk::harness
