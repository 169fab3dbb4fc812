// Every file of forgeries/ is a whole submission to the lesson that its name begins with, which knows how the judge
// works and answers what it has not computed. Its "// earns" line tells the points that it has honestly earned.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "gradwalk/harness/judge.hpp"
#include "gradwalk/harness/report.hpp"
#include "gradwalk/nn/file.hpp"

using namespace gradwalk;
using namespace gradwalk::harness;
namespace fs = std::filesystem;

namespace {

std::vector<fs::path> forgeries() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(fs::path(GRADWALK_SOURCE_DIR) / "tests" / "hostile" / "forgeries"))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

double honestly_earned(const std::string& source) {
  const std::string mark = "\n// earns ";
  const std::size_t at = source.find(mark);
  BOOST_REQUIRE(at != std::string::npos);
  return std::stod(source.substr(at + mark.size()));
}

}  // namespace

BOOST_AUTO_TEST_CASE(no_forgery_earns_more_than_it_has_computed) {
  const Kit kit(true, Kit::Headers::precompiled);
  BOOST_TEST(!forgeries().empty());
  for (const fs::path& file : forgeries()) BOOST_TEST_CONTEXT(file.filename()) {
      const Lesson lesson = lesson_named(file.filename().string().substr(0, 2));
      const std::string source = read_file(file);
      const std::string_view keys[] = {"one key", "another", "a third"};  // what is right by chance is not for all
      for (const Verdict& verdict : judge_submission(kit, lesson, {source, {}}, keys)) {
        const std::string report = text_report(lesson, verdict, "exercise.hpp", false);
        const bool refused = report.find("its macro ") != std::string::npos;
        BOOST_TEST((verdict.compiled.outcome == CompileOutcome::compiled || refused), report);
        BOOST_TEST(verdict.earned <= honestly_earned(source), report);
        BOOST_TEST((verdict.status != Status::passed), report);
      }
    }
}
