// Every file of subtle_mistakes/ is a whole submission to the lesson that its name begins with, right for most inputs
// and wrong for some. Its first line tells for which. No key may let it pass.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <string_view>
#include <vector>

#include "gradwalk/harness/judge.hpp"
#include "gradwalk/harness/report.hpp"
#include "gradwalk/nn/file.hpp"

using namespace gradwalk;
using namespace gradwalk::harness;
namespace fs = std::filesystem;

BOOST_AUTO_TEST_CASE(no_subtle_mistake_passes) {
  const Kit kit(true, Kit::Headers::precompiled);
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(fs::path(GRADWALK_SOURCE_DIR) / "tests/lessons/subtle_mistakes"))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  BOOST_TEST(!files.empty());
  for (const fs::path& file : files) BOOST_TEST_CONTEXT(file.filename()) {
      const Lesson lesson = lesson_named(file.filename().string().substr(0, 2));
      const std::string_view keys[] = {"one key", "another", "a third"};
      for (const Verdict& verdict : judge_submission(kit, lesson, {read_file(file), {}}, keys)) {
        const std::string report = text_report(lesson, verdict, "exercise.hpp", false);
        BOOST_TEST((verdict.compiled.outcome == CompileOutcome::compiled), report);
        BOOST_TEST((verdict.status == Status::failed), report);
      }
    }
}
