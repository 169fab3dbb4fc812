// Every lesson keeps its promises: the unsolved exercise is not attempted, the solution passes, and every planted
// mistake fails and is called by its name, which is the name of its file (what follows "--" in it is free).
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <future>
#include <string>
#include <vector>

#include "gradwalk/harness/judge.hpp"
#include "gradwalk/harness/report.hpp"
#include "gradwalk/nn/file.hpp"

using namespace gradwalk;
using namespace gradwalk::harness;
namespace fs = std::filesystem;

namespace {

const Kit& kit() {
  static const Kit one(true, Kit::Headers::precompiled);
  return one;
}

const std::vector<Lesson>& lessons() {
  static const std::vector<Lesson> all = all_lessons();
  return all;
}

struct Handed {
  const Lesson* lesson;
  fs::path file;
  Verdict verdict{};
};

/// What each file is told, in the order of the files. Two at a time, because most of the time goes to the compiler.
void judge_all(std::vector<Handed>& all) {
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i; (i = next++) < all.size();)
      all[i].verdict = judge_submission(kit(), *all[i].lesson, {read_file(all[i].file), {}}, "test");
  };
  std::future<void> other = std::async(std::launch::async, work);
  work();
  other.get();
}

std::vector<Handed> judged(const char* file) {
  std::vector<Handed> all;
  for (const Lesson& lesson : lessons()) all.push_back({&lesson, lesson.folder / (file ? file : lesson.file)});
  judge_all(all);
  return all;
}

bool names(const Verdict& verdict, const std::string& mistake) {
  for (const CheckVerdict& check : verdict.checks)
    for (const OutputVerdict& output : check.outputs)
      for (const Explanation& explanation : output.explanations)
        if (explanation.mistake == mistake) return true;
  return false;
}

}  // namespace

BOOST_AUTO_TEST_CASE(there_are_lessons) { BOOST_TEST(!lessons().empty()); }

BOOST_AUTO_TEST_CASE(the_unsolved_exercise_is_not_attempted) {
  for (const auto& [lesson, file, verdict] : judged(nullptr)) BOOST_TEST_CONTEXT(lesson->name) {
      BOOST_TEST(name_of(verdict.status) == "not_attempted", text_report(*lesson, verdict, "exercise", false));
      BOOST_TEST(verdict.earned == 0);
    }
}

BOOST_AUTO_TEST_CASE(the_solution_passes) {
  for (const auto& [lesson, file, verdict] : judged("solution.hpp")) BOOST_TEST_CONTEXT(lesson->name) {
      BOOST_TEST(name_of(verdict.status) == "passed", text_report(*lesson, verdict, "solution", false));
      BOOST_TEST(verdict.earned == lesson->points());
    }
}

BOOST_AUTO_TEST_CASE(every_planted_mistake_fails_with_its_own_name) {
  std::vector<Handed> planted;
  for (const Lesson& lesson : lessons()) {
    const std::size_t before = planted.size();
    for (const auto& entry : fs::directory_iterator(lesson.folder / "mistakes"))
      planted.push_back({&lesson, entry.path()});
    BOOST_TEST(planted.size() - before >= 6U, lesson.name << " has " << planted.size() - before << " planted mistakes");
  }
  judge_all(planted);
  for (const auto& [lesson, file, verdict] : planted) BOOST_TEST_CONTEXT(file) {
      const std::string stem = file.stem().string();
      BOOST_TEST(name_of(verdict.status) == "failed");
      BOOST_TEST(names(verdict, stem.substr(0, stem.find("--"))), text_report(*lesson, verdict, stem, false));
    }
}
