#include "gradwalk/nn/data_folder.hpp"

#include <cstdlib>
#include <system_error>

namespace gradwalk {

namespace fs = std::filesystem;

fs::path share_folder() {
  if (const char* named = std::getenv("GRADWALK_SHARE"); named != nullptr && *named != '\0') return named;
  std::error_code ignored;
  return fs::read_symlink("/proc/self/exe", ignored).parent_path().parent_path() / "share" / "gradwalk";
}

fs::path data_folder() {
  std::error_code ignored;
  fs::path data = share_folder() / "data";
  return fs::is_directory(data, ignored) ? data : fs::path(GRADWALK_SOURCE_DATA);
}

}  // namespace gradwalk
