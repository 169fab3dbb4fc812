#include "gradwalk/harness/sandbox.hpp"

#include <unistd.h>

#include <vector>

#include "gradwalk/harness/jailed_program.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/language.hpp"
#include "landlock.hpp"

namespace gradwalk::harness {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

void append(Words& words, const Words& more) { words.insert(words.end(), more.begin(), more.end()); }

Words bubblewrap() {
  return {"bwrap",    "--unshare-all", "--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL",
          "--setenv", "PATH",          "/usr/bin",          "--setenv",      "LC_ALL",     "C.UTF-8"};
}

/// What g++ needs of the system, and no more: /usr/share, /usr/local, /home and most of /etc stay out of sight.
constexpr const char* toolchain_folders[] = {"/usr/bin",     "/usr/lib",     "/usr/lib32",       "/usr/lib64",
                                             "/usr/libexec", "/usr/include", "/etc/alternatives"};
constexpr const char* toolchain_links[] = {"/bin", "/lib", "/lib32", "/lib64"};  // into /usr, or folders of their own

Words toolchain() {
  Words words;
  for (const char* folder : toolchain_folders)
    if (fs::exists(folder)) append(words, {"--ro-bind", folder, folder});
  for (const char* folder : toolchain_links) {
    if (fs::is_symlink(folder))
      append(words, {"--symlink", fs::read_symlink(folder).string(), folder});
    else if (fs::exists(folder))
      append(words, {"--ro-bind", folder, folder});
  }
  if (fs::exists("/usr/include/gradwalk")) append(words, {"--tmpfs", "/usr/include/gradwalk"});
  return words;
}

}  // namespace

std::string describe(Tier tier, bool file_rules) {
  switch (tier) {
    case Tier::namespaces:
      return tr("namespaces and a system-call filter");
    case Tier::throwaway_uid:
      return file_rules ? tr("a throw-away user and a system-call filter")
                        : tr("a throw-away user and a system-call filter, without file rules");
    case Tier::limits_only:
      return file_rules ? tr("limits and a system-call filter only (weak)")
                        : tr("limits and a system-call filter only, without file rules (weak)");
  }
  return {};
}

Command Sandbox::compiler(Command command, const fs::path& kit, const fs::path& work, std::optional<uid_t> uid) const {
  command.uid = uid;
  command.folder = work;
  if (tier_ != Tier::namespaces) {
    Words words{"env", "-i", "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TMPDIR=" + work.string()};
    append(words, command.words);
    command.words = words;
    if (!landlock_) return command;
    for (const char* folder : toolchain_folders) command.readable.emplace_back(folder);
    for (const char* folder : toolchain_links) command.readable.emplace_back(folder);
    for (const fs::path& path : {fs::path("/etc/ld.so.cache"), kit}) command.readable.push_back(path);
    for (const fs::path& path : {fs::path("/dev/null"), work}) command.writable.push_back(path);
    return command;
  }
  Words words = bubblewrap();
  append(words, toolchain());
  append(words, {"--tmpfs", "/tmp", "--ro-bind", kit.string(), kit.string(), "--bind", work.string(), work.string(),
                 "--chdir", work.string(), "--"});
  append(words, command.words);
  command.words = words;
  return command;
}

Command Sandbox::jail(const fs::path& jail, const fs::path& program, int control, std::optional<uid_t> uid) const {
  Command command;
  command.uid = uid;
  command.keep = {control};
  const std::string descriptor = std::to_string(control);
  if (tier_ == Tier::namespaces) {
    command.words = bubblewrap();
    append(command.words, {"--ro-bind", jail.string(), "/jail", "--ro-bind", program.string(), "/program",
                           "--remount-ro", "/", "--chdir", "/", "--", "/jail", descriptor, "/program"});
  } else {
    command.folder = "/";
    command.words = {jail.string(), descriptor, program.string()};
  }
  return command;
}

Sandbox Sandbox::find(const fs::path& jail, bool allow_weak, Tier at_most, Landlock landlock) {
  std::vector<Sandbox> candidates;
  const bool root = geteuid() == 0, rules = landlock == Landlock::where_it_is && has_landlock();
  // Root never runs a submission as itself, not even in namespaces: limits do not bind it.
  if (at_most <= Tier::namespaces) candidates.push_back({Tier::namespaces, root, rules});
  if (at_most <= Tier::throwaway_uid && root) candidates.push_back({Tier::throwaway_uid, true, rules});
  if (allow_weak) candidates.push_back({Tier::limits_only, false, rules});
  for (const Sandbox& sandbox : candidates)
    if (JailedProgram::works(sandbox, jail)) return sandbox;
  throw InputError(
      tr("no sandbox works here: install bubblewrap and allow user namespaces, or run as root; "
         "--allow-weak-sandbox grades with limits alone"));
}

}  // namespace gradwalk::harness
