#include "gradwalk/harness/places.hpp"

#include <sys/stat.h>

#include <cstdlib>
#include <string>
#include <system_error>

#include "gradwalk/nn/data_folder.hpp"
#include "gradwalk/nn/error.hpp"

namespace gradwalk::harness {
namespace {

namespace fs = std::filesystem;

fs::path program_folder() { return fs::read_symlink("/proc/self/exe").parent_path(); }

bool has_lessons(const fs::path& folder) { return fs::is_regular_file(folder / "driver" / "main.cpp"); }

}  // namespace

fs::path lessons_folder() {
  for (const fs::path& folder : {share_folder() / "lessons", fs::path(GRADWALK_LESSONS_SOURCE)})
    if (has_lessons(folder)) return fs::canonical(folder);
  throw InputError(
      "the lessons are not installed beside this program; set GRADWALK_SHARE to the folder share/gradwalk of an "
      "installation");
}

fs::path tools_folder() {
  for (const fs::path& folder : {program_folder(), program_folder() / ".." / "libexec" / "gradwalk",
                                 lessons_folder() / "tools", fs::path(GRADWALK_TOOLS_BUILD)})
    if (fs::is_regular_file(folder / "gradwalk-jail")) return fs::canonical(folder);
  throw InputError("gradwalk-jail is missing beside this program; install gradwalk again");
}

fs::path gradwalk_program() {
  for (const fs::path& folder : {program_folder(), fs::path(GRADWALK_TOOLS_BUILD)})
    if (fs::is_regular_file(folder / "gradwalk")) return folder / "gradwalk";
  throw InputError("the program gradwalk is missing beside this one; install gradwalk again");
}

TemporaryFolder::TemporaryFolder() {
  const char* base = std::getenv("TMPDIR");
  std::string name = std::string(base && *base ? base : "/tmp") + "/gradwalk-XXXXXX";
  if (!mkdtemp(name.data())) throw InputError("no temporary folder can be made as " + name + "; set TMPDIR");
  path_ = fs::canonical(name);
  chmod(path_.c_str(), 0711);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace gradwalk::harness
