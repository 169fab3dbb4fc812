#include "source_files.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string_view>

namespace gradwalk::harness {

std::optional<int> kind_of_source(const std::string& path) {
  std::string ending = std::filesystem::path(path).extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return std::tolower(c); });
  if (ending == ".txt") return 0;
  for (const std::string_view source : {".cpp", ".cc", ".cxx"})
    if (ending == source) return 1;
  for (const std::string_view header : {".hpp", ".h", ".hh", ".hxx"})
    if (ending == header) return 2;
  return {};
}

}  // namespace gradwalk::harness
