#pragma once

#include <filesystem>
#include <string>

namespace CLI {
class App;
}

namespace gradwalk::cli {

/// How a teacher may give the course's secret: --key, --key-file, or the environment's GRADWALK_KEY. Only the first is
/// seen by every user of the machine, in the list of processes.
struct CourseKey {
  std::string given, file;

  void add_options(CLI::App& command);
  /// The key; empty when none is given. Throws InputError when two are, or when the file holds none.
  std::string value() const;
};

/// Writes a key so that only this user can read it.
void write_key_file(const std::filesystem::path& path, const std::string& key);

}  // namespace gradwalk::cli
