// A student's progress survives, and a lost or damaged file takes nothing away that passed.
#include "gradwalk/harness/progress.hpp"

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"

using namespace gradwalk;
using namespace gradwalk::harness;
namespace fs = std::filesystem;

namespace {

Lesson lesson(const std::string& name) {
  Lesson made;
  made.name = name;
  made.number = name.substr(0, 2);
  return made;
}

const std::vector<Lesson> three = {lesson("01_one"), lesson("02_two"), lesson("03_three")};

struct State {
  fs::path folder = fs::temp_directory_path() / ("gradwalk-state-" + std::to_string(::getpid()));
  State() { setenv("GRADWALK_STATE", folder.c_str(), 1); }
  ~State() {
    unsetenv("GRADWALK_STATE");
    fs::remove_all(folder);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(progress, State)

BOOST_AUTO_TEST_CASE(a_passed_exercise_opens_the_next_and_is_remembered) {
  {
    Progress mine;
    BOOST_TEST(mine.open(three[0], three));
    BOOST_TEST(!mine.open(three[1], three));
    mine.pass(three[0], 10, "struct One {};");
    mine.of("01_one").quizzes["pre"] = {2, 3};
    mine.save();
  }
  const Progress again;
  BOOST_TEST(again.trouble == "");
  BOOST_TEST(again.of("01_one").passed);
  BOOST_TEST(again.of("01_one").quizzes.at("pre").right == 2);
  BOOST_TEST(again.open(three[1], three));
  BOOST_TEST(!again.open(three[2], three));
  BOOST_TEST(again.passed_code({"01_one", "02_two"}).at("01_one") == "struct One {};");
  BOOST_TEST(again.passed_code({"01_one", "02_two"}).size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_passed_outlives_a_damaged_and_a_lost_file) {
  Progress mine;
  mine.pass(three[0], 10, "struct One {};");
  mine.save();
  for (const char* damage : {"", "{\"lessons\": [1", "{\"lessons\": {\"01_one\": {\"best\": \"ten\"}}}", "null"}) {
    write_file(folder / "progress.json", damage);
    const Progress damaged;
    BOOST_TEST(damaged.trouble != "");
    BOOST_TEST(damaged.of("01_one").passed);
    BOOST_TEST(fs::exists(folder / "progress.damaged.json"));
  }
  fs::remove(folder / "progress.json");
  const Progress lost;
  BOOST_TEST(lost.trouble == "");
  BOOST_TEST(lost.of("01_one").passed);
}

BOOST_AUTO_TEST_CASE(a_lesson_can_be_begun_again) {
  Progress mine;
  mine.of("01_one").folder = "/somewhere";
  mine.pass(three[0], 10, "struct One {};");
  mine.save();
  mine.forget(three[0]);
  mine.save();
  const Progress again;
  BOOST_TEST(!again.of("01_one").passed);
  BOOST_TEST(again.of("01_one").folder == fs::path("/somewhere"));
}

BOOST_AUTO_TEST_SUITE_END()
