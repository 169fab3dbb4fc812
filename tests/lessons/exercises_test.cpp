// Every lesson keeps its promises: the unsolved exercise is not attempted, the solution passes, and every planted
// mistake fails and is called by its name, which is the name of its file (what follows "--" in it is free).
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <string>

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

Verdict verdict_of(const Lesson& lesson, const fs::path& file, std::string_view key = "test") {
  return judge_submission(kit(), lesson, {read_file(file), {}}, key);
}

bool names(const Verdict& verdict, const std::string& mistake) {
  for (const CheckVerdict& check : verdict.checks)
    for (const OutputVerdict& output : check.outputs)
      for (const Explanation& explanation : output.explanations)
        if (explanation.mistake == mistake) return true;
  return false;
}

}  // namespace

BOOST_AUTO_TEST_CASE(there_are_lessons) { BOOST_TEST(!all_lessons().empty()); }

BOOST_AUTO_TEST_CASE(the_unsolved_exercise_is_not_attempted) {
  for (const Lesson& lesson : all_lessons()) BOOST_TEST_CONTEXT(lesson.name) {
      const Verdict verdict = verdict_of(lesson, lesson.folder / lesson.file);
      BOOST_TEST(name_of(verdict.status) == "not_attempted", text_report(lesson, verdict, "exercise", false));
      BOOST_TEST(verdict.earned == 0);
    }
}

BOOST_AUTO_TEST_CASE(the_solution_passes) {
  for (const Lesson& lesson : all_lessons()) BOOST_TEST_CONTEXT(lesson.name) {
      for (const char* key : {"one", "two", "three"}) {
        const Verdict verdict = verdict_of(lesson, lesson.folder / "solution.hpp", key);
        BOOST_TEST(name_of(verdict.status) == "passed", text_report(lesson, verdict, "solution", false));
        BOOST_TEST(verdict.earned == lesson.points());
      }
    }
}

BOOST_AUTO_TEST_CASE(every_planted_mistake_fails_with_its_own_name) {
  for (const Lesson& lesson : all_lessons()) {
    std::size_t mistakes = 0;
    for (const auto& entry : fs::directory_iterator(lesson.folder / "mistakes")) BOOST_TEST_CONTEXT(entry.path()) {
        const std::string stem = entry.path().stem().string();
        const std::string mistake = stem.substr(0, stem.find("--"));
        const Verdict verdict = verdict_of(lesson, entry.path());
        BOOST_TEST(name_of(verdict.status) == "failed");
        BOOST_TEST(names(verdict, mistake), text_report(lesson, verdict, stem, false));
        ++mistakes;
      }
    BOOST_TEST(mistakes >= 6, lesson.name << " has " << mistakes << " planted mistakes");
  }
}
