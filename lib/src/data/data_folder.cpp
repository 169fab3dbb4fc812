#include "gradwalk/nn/data_folder.hpp"

#include <cstdlib>
#include <system_error>

namespace gradwalk {

namespace fs = std::filesystem;

fs::path data_folder() {
  if (const char* named = std::getenv("GRADWALK_DATA"); named != nullptr && *named != '\0') return named;
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  fs::path installed = program.parent_path().parent_path() / "share" / "gradwalk" / "data";
  return fs::is_directory(installed, ignored) ? installed : fs::path(GRADWALK_SOURCE_DATA);
}

}  // namespace gradwalk
