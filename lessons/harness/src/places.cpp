#include "gradwalk/harness/places.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
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

namespace {

constexpr const char* owner_file = ".owner";

/// Whether it is a folder of this user whose owner has died without removing it.
bool is_abandoned(const fs::path& folder) {
  struct stat status {};
  if (lstat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode) || status.st_uid != geteuid()) return false;
  const Descriptor owner(open((folder / owner_file).c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  return owner && flock(owner.get(), LOCK_EX | LOCK_NB) == 0;
}

void remove_abandoned(const fs::path& base) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(base, ignored))
    if (entry.path().filename().string().starts_with("gradwalk-") && is_abandoned(entry.path()))
      fs::remove_all(entry.path(), ignored);
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  const char* set = std::getenv("TMPDIR");
  const std::string base = set && *set ? set : "/tmp";
  remove_abandoned(base);
  std::string name = base + "/gradwalk-XXXXXX";
  if (!mkdtemp(name.data())) throw InputError("no temporary folder can be made as " + name + "; set TMPDIR");
  path_ = fs::canonical(name);
  chmod(path_.c_str(), 0711);
  // Locked first, named then: nobody ever sees it unlocked.
  const fs::path unnamed = path_ / ".owner-to-be";
  owner_ = Descriptor(open(unnamed.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (owner_ && flock(owner_.get(), LOCK_EX) == 0) rename(unnamed.c_str(), (path_ / owner_file).c_str());
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace gradwalk::harness
