#include "foreign_files.hpp"

#include <algorithm>
#include <cctype>

#include "gradwalk/nn/file.hpp"

namespace gradwalk::harness {
namespace {

namespace fs = std::filesystem;

bool is_foreign(const std::string& file, const CompileFolders& folders) {
  const auto below = [&file](const std::string& folder) { return file.starts_with(folder + "/"); };
  if (file.empty() || file[0] != '/') return file.starts_with("..");
  return !below(folders.kit.string()) && !below(folders.work.string()) && !below("/usr/lib/gcc") &&
         (!below("/usr/include") || below("/usr/include/gradwalk"));
}

std::string normal(const std::string& file) { return fs::path(file).lexically_normal().string(); }

}  // namespace

namespace {

template <class Foreign>
std::string first_dependency(const fs::path& dependencies, bool succeeded, Foreign is_foreign_file) {
  if (!fs::exists(dependencies)) return succeeded ? dependencies.filename().string() : "";
  const std::string text = read_file(dependencies);
  std::size_t at = text.find(':');
  while (at != std::string::npos && (at = text.find_first_not_of(" \\\n", at + 1)) != std::string::npos) {
    const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
    if (std::string file = normal(text.substr(at, end - at)); is_foreign_file(file)) return file;
    at = end;
  }
  return {};
}

}  // namespace

std::string foreign_dependency(const fs::path& dependencies, const CompileFolders& folders, bool succeeded) {
  return first_dependency(dependencies, succeeded, [&](const std::string& file) { return is_foreign(file, folders); });
}

std::string file_of_assembler(const fs::path& dependencies, bool succeeded) {
  return first_dependency(dependencies, succeeded, [](const std::string& file) { return file != "driver.cpp"; });
}

std::string foreign_place(const std::string& output, const CompileFolders& folders) {
  for (std::size_t at = 0, end = 0; at < output.size(); at = end + 1) {
    end = std::min(output.find('\n', at), output.size());
    std::string line = output.substr(at, end - at);
    // "/etc/passwd:1:5: error: …", "In file included from /etc/passwd:1," and, below it, "                 from …".
    // Other lines that begin with a space quote a source.
    const std::size_t from = line.find("from ");
    if (line.starts_with("In file included from ") || (from != 0 && line.find_first_not_of(' ') == from))
      line.erase(0, from + 5);
    const std::size_t colon = line.find(':');
    if (line.starts_with(' ') || colon == std::string::npos || colon + 1 == line.size() ||
        !std::isdigit(static_cast<unsigned char>(line[colon + 1])))
      continue;
    if (std::string file = normal(line.substr(0, colon)); is_foreign(file, folders)) return file;
  }
  return {};
}

}  // namespace gradwalk::harness
