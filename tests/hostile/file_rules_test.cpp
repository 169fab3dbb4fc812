// What keeps a compile from files that are none of its own where there are no namespaces: the kernel's Landlock, and
// where the kernel has none, that what went into the program is looked at afterwards.
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <fstream>
#include <string>

#include "gradwalk/harness/judge.hpp"
#include "gradwalk/harness/report.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/tracer/language.hpp"

using namespace gradwalk;
using namespace gradwalk::harness;
namespace fs = std::filesystem;

namespace {

/// As many layers of rules as the kernel lets a process have; none of them forbids what the test does.
bool fill_all_layers() {
  landlock_ruleset_attr attributes{};
  attributes.handled_access_fs = LANDLOCK_ACCESS_FS_MAKE_BLOCK;
  const auto rules = static_cast<int>(syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0));
  if (rules < 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return false;
  while (syscall(SYS_landlock_restrict_self, rules, 0) == 0) {
  }
  return true;
}

/// A file beside the sandbox that everybody on the machine may read.
struct HiddenFile {
  HiddenFile() { std::ofstream(path) << "struct Linear { int hidden_word; };\n"; }
  TemporaryFolder folder;
  fs::path path = folder.path() / "hidden.hpp";
};

void expect_it_told(const Kit& kit, const std::string& code, const std::string& file) {
  const Lesson lesson = lesson_named("04");
  const std::string source = code + "\n" + read_file(lesson.folder / "solution.hpp");
  const Verdict verdict = judge_submission(kit, lesson, {source, {}}, "files");
  const std::string report = text_report(lesson, verdict, "exercise.hpp", false);
  BOOST_TEST((verdict.status == Status::does_not_compile), report);
  BOOST_TEST(verdict.compiled.message == "it includes " + file + ", which is not part of the exercise", code);
  for (const char* secret : {"hidden_word", "root:", "daemon"})
    BOOST_TEST((report + verdict.compiled.output).find(secret) == std::string::npos, report);
  BOOST_TEST(report.find("without file rules") != std::string::npos, report);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(file_rules)

BOOST_AUTO_TEST_CASE(who_cannot_take_the_rules_does_not_run) {
  const pid_t child = fork();
  if (child == 0) {
    if (!fill_all_layers()) _exit(99);
    Command command;
    command.words = {"true"};
    command.readable = {"/usr", "/bin", "/lib", "/lib64", "/etc"};
    const Finished finished = run_to_end(command, std::chrono::seconds(5), 100);
    _exit(WIFEXITED(finished.status) ? WEXITSTATUS(finished.status) : 98);
  }
  int status = 0;
  BOOST_REQUIRE(waitpid(child, &status, 0) == child);
  if (WEXITSTATUS(status) == 99)
    BOOST_TEST_MESSAGE("skipped: this kernel has no Landlock");
  else
    BOOST_TEST(WEXITSTATUS(status) == 126);
}

BOOST_AUTO_TEST_CASE(without_landlock_it_is_said_and_foreign_files_are_noticed) {
  const HiddenFile hidden;
  const std::string path = hidden.path.string();
  for (const Tier tier : {Tier::throwaway_uid, Tier::limits_only}) {
    const Kit kit(true, Kit::Headers::as_they_are, tier, Landlock::never);
    expect_it_told(kit, "asm(\".incbin \\\"/etc/passwd\\\"\");", "/etc/passwd");
    expect_it_told(kit, "asm(\".incbin \\\"" + path + "\\\"\");", path);
    expect_it_told(kit, "asm(\".incbin \\\"../../../../../../etc/passwd\\\"\");", "../../../../../../etc/passwd");
    // These do not compile: what the compiler says of them quotes the file.
    expect_it_told(kit, "asm(\".include \\\"/etc/passwd\\\"\");", "/etc/passwd");
    expect_it_told(kit, "#include \"/etc/passwd\"", "/etc/passwd");
    expect_it_told(kit, "#include \"" + path + "\"", path);
  }
}

BOOST_AUTO_TEST_CASE(every_tier_says_when_no_rules_hold) {
  for (const Language language : {Language::en, Language::ru}) {
    set_language(language);
    for (const Tier tier : {Tier::throwaway_uid, Tier::limits_only})
      BOOST_TEST(describe(tier, true) != describe(tier, false));
  }
  BOOST_TEST(describe(Tier::throwaway_uid, false).find("без ограничений") != std::string::npos);
  set_language(Language::en);
  BOOST_TEST(describe(Tier::namespaces, true) == describe(Tier::namespaces, false));
}

BOOST_AUTO_TEST_SUITE_END()
