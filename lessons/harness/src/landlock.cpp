#include "landlock.hpp"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk::harness {
namespace {

constexpr std::uint64_t on_files =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE;
constexpr std::uint64_t reading =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t writing = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                                  LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR |
                                  LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SYM |
                                  LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_SOCK |
                                  LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK;

Descriptor empty_rules() {
  landlock_ruleset_attr all{};
  all.handled_access_fs = reading | writing;
  return Descriptor(static_cast<int>(syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0)));
}

void allow(int rules, const std::filesystem::path& below, std::uint64_t access) {
  const Descriptor place(open(below.c_str(), O_PATH | O_CLOEXEC));
  if (!place) return;  // /usr/lib32 and its like need not be there
  struct stat status {};
  if (fstat(place.get(), &status) == 0 && !S_ISDIR(status.st_mode)) access &= on_files;
  landlock_path_beneath_attr rule{};
  rule.allowed_access = access;
  rule.parent_fd = place.get();
  syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
}

}  // namespace

bool has_landlock() { return static_cast<bool>(empty_rules()); }

Descriptor landlock_rules(const std::vector<std::filesystem::path>& readable,
                          const std::vector<std::filesystem::path>& writable) {
  Descriptor rules = empty_rules();
  if (!rules)
    throw InputError(
        tr("the system gives no file rules (Landlock): {why}", fmt::arg("why", std::string(std::strerror(errno)))));
  for (const auto& path : readable) allow(rules.get(), path, reading);
  for (const auto& path : writable) allow(rules.get(), path, reading | writing);
  return rules;
}

bool obey_landlock_rules(int rules) {
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
}

}  // namespace gradwalk::harness
