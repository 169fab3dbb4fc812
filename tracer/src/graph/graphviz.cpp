#include "graph/graphviz.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/tracer/graph.hpp"
#include "gradwalk/tracer/language.hpp"
#include "program.hpp"

namespace gradwalk::graph {

namespace {

class ScratchFolder {
 public:
  ScratchFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "gradwalk-XXXXXX").string();
    if (!::mkdtemp(pattern.data()))
      throw InputError(tr("cannot make a folder in {folder}: set TMPDIR",
                          fmt::arg("folder", std::filesystem::temp_directory_path().string())));
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

/// The first line that is an error; warnings about labels and sizes are ours to know.
std::string first_error(const std::string& messages) {
  for (std::size_t at = 0; at < messages.size();) {
    const std::size_t end = std::min(messages.find('\n', at), messages.size());
    const std::string line = messages.substr(at, end - at);
    if (line.starts_with("Error")) return line;
    at = end + 1;
  }
  return tr("it did not say why");
}

}  // namespace

std::vector<std::string> run_dot(const std::vector<std::string>& graphs, const std::string& format) {
  const ScratchFolder folder;
  std::vector<std::string> command{"dot", "-T" + format};
  if (format == "png") command.push_back("-Gdpi=144");  // sharp on a slide
  if (graphs.size() == 1) command.push_back("-o" + (folder / "0.out").string());
  if (graphs.size() > 1) command.push_back("-O");
  for (std::size_t i = 0; i < graphs.size(); ++i) {
    const auto file = folder / fmt::format("{}", i);
    write_file(file, graphs[i]);
    command.push_back(file.string());
  }
  const std::optional<ProgramResult> result = run_program(command);
  if (!result) throw GraphvizMissing("");
  // Several files: `dot -O` adds the format to each name, the plug-in after a colon turned about.
  const std::string ending = graphs.size() == 1 ? "out" : format.substr(0, format.find(':'));
  std::vector<std::string> pictures;
  for (std::size_t i = 0; i < graphs.size(); ++i) {
    const auto file = folder / fmt::format("{}.{}", i, ending);
    if (result->code != 0 || !std::filesystem::exists(file))
      throw InputError(tr("the program 'dot' failed: {reason}", fmt::arg("reason", first_error(result->messages))));
    pictures.push_back(read_file(file));
  }
  return pictures;
}

}  // namespace gradwalk::graph
