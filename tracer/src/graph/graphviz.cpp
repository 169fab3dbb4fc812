#include "graph/graphviz.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/tracer/language.hpp"
#include "program.hpp"

namespace gradwalk::graph {

namespace {

constexpr const char* package = "graphviz";

class ScratchFolder {
 public:
  ScratchFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "gradwalk-XXXXXX").string();
    if (!::mkdtemp(pattern.data()))
      throw InputError(tr("the folder for temporary files cannot be written to; TMPDIR names another"));
    path_ = pattern;
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

}  // namespace

std::vector<std::string> run_dot(const std::vector<std::string>& graphs, const std::string& format) {
  // -q: that text is wider than its box is ours to know. 144 dots per inch are sharp on a slide.
  std::vector<std::string> command{"dot", "-q", "-T" + format};
  if (format == "png") command.push_back("-Gdpi=144");
  if (graphs.size() == 1) return {run_program(command, graphs.front(), package)};

  const ScratchFolder folder;
  command.push_back("-O");  // each picture into a file beside its graph
  std::vector<std::filesystem::path> files;
  for (std::size_t i = 0; i < graphs.size(); ++i) {
    files.push_back(folder / fmt::format("{}", i));
    write_file(files.back(), graphs[i]);
    command.push_back(files.back().string());
  }
  run_program(command, "", package);
  std::vector<std::string> pictures;
  for (const auto& file : files) pictures.push_back(read_file(file.string() + "." + format));
  return pictures;
}

}  // namespace gradwalk::graph
