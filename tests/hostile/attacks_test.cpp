// Every file of attacks/ is put before a wrong exercise and graded, honest neighbours among them. No attack passes or
// earns a point, no neighbour is lost, no process and no file is left. A file's "// expect" line tells what the verdict
// says.
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "gradwalk/harness/judge.hpp"
#include "gradwalk/harness/report.hpp"
#include "gradwalk/nn/file.hpp"

using namespace gradwalk;
using namespace gradwalk::harness;
namespace fs = std::filesystem;

namespace {

const fs::path here = fs::path(GRADWALK_SOURCE_DIR) / "tests" / "hostile";

std::vector<fs::path> attacks() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(here / "attacks")) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::string source_of(const fs::path& attack) {
  return "#pragma once\n#include \"gradwalk/exercise.hpp\"\n" + read_file(attack) +
         read_file(here / "wrong_linear.hpp");
}

/// What stands behind "// expect ", or nothing.
std::string expectation_of(const fs::path& attack) {
  std::ifstream in(attack);
  for (std::string line; std::getline(in, line);)
    if (line.starts_with("// expect ")) return line.substr(10);
  return {};
}

bool tried(const Verdict& verdict, const std::string& words) {
  for (const std::string& attempt : verdict.attempts)
    if (attempt.find(words) != std::string::npos) return true;
  return false;
}

/// The living processes that descend from this one, which adopts whatever a submission leaves behind. Other gradings on
/// the same machine are not counted.
std::size_t descendants_alive() {
  std::map<pid_t, pid_t> parent;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    std::ifstream in(entry.path() / "stat");
    std::string line;
    if (!std::getline(in, line)) continue;
    std::istringstream rest(line.substr(line.rfind(')') + 1));  // the name before it may hold anything
    char state = 0;
    pid_t parent_id = 0;
    if (rest >> state >> parent_id && state != 'Z') parent[std::atoi(line.c_str())] = parent_id;
  }
  std::size_t alive = 0;
  for (const auto& process : parent)
    for (auto above = parent.find(process.second); above != parent.end(); above = parent.find(above->second))
      if (above->first == getpid()) {
        ++alive;
        break;
      }
  return alive;
}

struct Attacked {
  fs::path attack;
  Verdict verdict;
};

/// All attacks graded, two at a time, as a batch would.
std::vector<Attacked> grade_attacks(const Kit& kit, const Lesson& lesson, const std::vector<fs::path>& files) {
  std::vector<Attacked> graded(files.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i; (i = next++) < files.size();)
      graded[i] = {files[i], judge_submission(kit, lesson, {source_of(files[i]), {}}, "hostile")};
  };
  std::exception_ptr failure;
  {
    std::jthread other([&] {
      try {
        work();
      } catch (...) {
        failure = std::current_exception();
      }
    });
    work();
  }
  if (failure) std::rethrow_exception(failure);
  return graded;
}

void expect_nothing_gained(const Lesson& lesson, const Attacked& attacked) {
  const Verdict& verdict = attacked.verdict;
  const std::string report = text_report(lesson, verdict, "exercise.hpp", false);
  BOOST_TEST((verdict.status == Status::failed || verdict.status == Status::does_not_compile), report);
  BOOST_TEST(verdict.earned == 0, report);
  const std::string expectation = expectation_of(attacked.attack);
  if (expectation.starts_with("attempt: "))
    BOOST_TEST(tried(verdict, expectation.substr(9)), report);
  else if (expectation == "does_not_compile")
    BOOST_TEST((verdict.status == Status::does_not_compile), report);
  else if (!expectation.empty() && verdict.checks.empty())
    BOOST_TEST(false, report);
  else if (!expectation.empty())
    BOOST_TEST(name_of(verdict.checks[0].run.outcome) == expectation, report);
  BOOST_TEST(report.find('\x1b') == std::string::npos);
  BOOST_TEST(report.find("root:") == std::string::npos, report);
  BOOST_TEST(report.size() < 50000U);
}

void attack_all(Tier at_most, const std::vector<fs::path>& files) {
  const Kit kit(false, Kit::Headers::precompiled, at_most);
  BOOST_TEST_MESSAGE("sandbox: " << describe(kit.sandbox().tier(), kit.sandbox().has_file_rules()));
  const Lesson lesson = lesson_named("04");
  BOOST_REQUIRE(prctl(PR_SET_CHILD_SUBREAPER, 1) == 0);
  for (const Attacked& attacked : grade_attacks(kit, lesson, files))
    BOOST_TEST_CONTEXT(attacked.attack.filename()) expect_nothing_gained(lesson, attacked);
  const std::string honest = read_file(lesson.folder / "solution.hpp");
  BOOST_TEST((judge_submission(kit, lesson, {honest, {}}, "hostile").status == Status::passed));
  const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(2);  // a killed process takes a moment
  while (descendants_alive() > 0 && std::chrono::steady_clock::now() < patience) std::this_thread::yield();
  BOOST_TEST(descendants_alive() == 0U);
  for (const char* file : {"/tmp/owned", "/owned", "/dev/shm/owned"}) BOOST_TEST(!fs::exists(file), file);
}

/// Those that are not about waiting for a limit.
std::vector<fs::path> quick_attacks() {
  std::vector<fs::path> files = attacks();
  std::erase_if(files, [](const fs::path& file) {
    const std::string name = file.filename().string();
    return expectation_of(file) == "timed_out" || name.find("bomb") != std::string::npos ||
           name.find("endless") != std::string::npos;
  });
  return files;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(attacking)

BOOST_AUTO_TEST_CASE(there_are_at_least_forty) { BOOST_TEST(attacks().size() >= 40U); }

BOOST_AUTO_TEST_CASE(no_attack_passes) { attack_all(Tier::namespaces, attacks()); }

BOOST_AUTO_TEST_CASE(nor_where_there_are_no_namespaces) {
  if (geteuid() != 0) {
    BOOST_TEST_MESSAGE("skipped: the throw-away user needs root");
    return;
  }
  attack_all(Tier::throwaway_uid, quick_attacks());
}

BOOST_AUTO_TEST_SUITE_END()
