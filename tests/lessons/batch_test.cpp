// A class graded at once: the same bytes for any number of jobs, any sharding, and after any interruption.
#include "gradwalk/harness/batch.hpp"

#include <algorithm>
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <thread>

#include "gradwalk/harness/report.hpp"
#include "gradwalk/nn/error.hpp"
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
  static const std::vector<Lesson> one{lesson_named("04")};
  return one;
}

/// The solution, the unsolved exercise, two mistakes, one that does not compile, one that crashes.
std::vector<Submitted> a_class() {
  const fs::path folder = lessons()[0].folder;
  std::vector<HandedFile> files;
  for (const char* file : {"solution.hpp", "exercise.hpp", "mistakes/sign.hpp", "mistakes/not-reset.hpp"})
    files.push_back({fs::path(file).stem().string() + "/exercise.hpp", read_file(folder / file)});
  files.push_back({"broken/exercise.hpp", "struct Linear {"});
  files.push_back({"empty/exercise.hpp", ""});
  return sort_submissions(files, lessons());
}

std::string journal_bytes(const std::vector<Graded>& graded) {
  std::string bytes;
  for (const Graded& one : graded) bytes += to_json_line(one);
  return bytes;
}

struct Folder {
  TemporaryFolder temporary;
  fs::path path = temporary.path();
};

std::string grade(const fs::path& folder, std::size_t jobs, std::size_t shard = 0, std::size_t shards = 1) {
  BatchOptions options{"key", jobs, shard, shards};
  Journal journal(folder / ("journal-" + std::to_string(shard) + ".jsonl"));
  grade_batch(kit(), lessons(), a_class(), options, journal, [](std::size_t, std::size_t) {});
  return journal_bytes(read_journals({folder}));
}

const std::string& uninterrupted() {
  static const Folder folder;
  static const std::string bytes = grade(folder.path, 1);
  return bytes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(batch)

BOOST_AUTO_TEST_CASE(two_jobs_write_what_one_writes) {
  const Folder folder;
  BOOST_TEST(grade(folder.path, 2) == uninterrupted());
}

BOOST_AUTO_TEST_CASE(shards_together_are_the_whole) {
  const Folder folder;
  for (std::size_t shard = 0; shard < 3; ++shard) grade(folder.path, 1, shard, 3);
  BOOST_TEST(journal_bytes(read_journals({folder.path})) == uninterrupted());
}

BOOST_AUTO_TEST_CASE(a_judge_that_fails_at_one_submission_goes_on_with_the_others) {
  static int turn = 0;
  std::vector<Lesson> failing = lessons();
  failing[0].make_checks = [](Draw& draw) {
    if (turn++ == 1) throw ShapeError("a fault of the judge");
    return lessons()[0].make_checks(draw);
  };
  Folder folder;
  const auto run = [&] {
    Journal journal(folder.path / "journal-0.jsonl");
    std::size_t graded = 0;
    grade_batch(kit(), failing, a_class(), {"key", 1, 0, 1}, journal, [&](std::size_t, std::size_t) { ++graded; });
    return graded;
  };
  BOOST_TEST(run() == a_class().size());
  const std::vector<Graded> first = read_journals({folder.path});
  const auto fails = [](const Graded& one) { return one.verdict.status == Status::not_graded; };
  const auto failed = std::find_if(first.begin(), first.end(), fails);
  BOOST_REQUIRE((failed != first.end() && std::count_if(first.begin(), first.end(), fails) == 1));
  BOOST_TEST(failed->verdict.suspicions.at(0).find("a fault of the judge") != std::string::npos);
  BOOST_TEST(run() == 1u);  // it alone is tried again
  BOOST_TEST(journal_bytes(read_journals({folder.path})) == uninterrupted());
}

BOOST_AUTO_TEST_CASE(a_journal_cut_anywhere_is_taken_up_again) {
  const Folder whole;
  grade(whole.path, 1);
  const std::string journal = read_file(whole.path / "journal-0.jsonl");
  for (const std::size_t cut : {std::size_t{0}, std::size_t{1}, journal.size() / 3, journal.find('\n'),
                                journal.find('\n') + 1, journal.size() - 1}) {
    const Folder folder;
    std::ofstream(folder.path / "journal-0.jsonl", std::ios::binary) << journal.substr(0, cut);
    BOOST_TEST(grade(folder.path, 1) == uninterrupted(), "cut at " << cut);
  }
}

BOOST_AUTO_TEST_CASE(what_is_unchanged_is_not_graded_again) {
  const Folder folder;
  grade(folder.path, 1);
  const auto size = fs::file_size(folder.path / "journal-0.jsonl");
  grade(folder.path, 1);
  BOOST_TEST(fs::file_size(folder.path / "journal-0.jsonl") == size);
}

BOOST_AUTO_TEST_CASE(a_new_roster_renames_without_grading_again) {
  const Folder folder;
  grade(folder.path, 1);
  std::vector<Submitted> submissions = a_class();
  submissions[0].name = "Ada";
  Journal journal(folder.path / "journal-0.jsonl");
  grade_batch(kit(), lessons(), submissions, {"key", 1, 0, 1}, journal,
              [](std::size_t, std::size_t) { BOOST_ERROR("graded again"); });
  BOOST_TEST(read_journals({folder.path})[0].name == "Ada");
}

BOOST_AUTO_TEST_CASE(a_changed_lesson_is_graded_again) {
  const Folder copy, reports;
  const fs::path from = lessons()[0].folder, to = copy.path / from.filename();
  fs::copy(from, to, fs::copy_options::recursive);
  fs::copy(from.parent_path() / "include", copy.path / "include", fs::copy_options::recursive);
  Lesson lesson = lessons()[0];
  lesson.folder = to;
  const std::vector<Submitted> one = sort_submissions({{"broken/exercise.hpp", "struct Linear {"}}, {lesson});
  const auto graded = [&] {
    std::size_t times = 0;
    Journal journal(reports.path / "journal-0.jsonl");
    grade_batch(kit(), {lesson}, one, {"key", 1, 0, 1}, journal, [&](std::size_t, std::size_t) { ++times; });
    return times;
  };
  BOOST_TEST(graded() == 1U);
  BOOST_TEST(graded() == 0U);
  for (const fs::path& file : {copy.path / "include" / "gradwalk" / "exercise.hpp", to / "solution.hpp",
                               to / "driver.cpp", to / "lesson.toml"}) {
    std::ofstream(file, std::ios::app) << "\n";
    BOOST_TEST(graded() == 1U, file);
    BOOST_TEST(graded() == 0U, file);
  }
}

BOOST_AUTO_TEST_CASE(a_journal_that_is_not_finished_is_not_merged) {
  const Folder folder;
  grade(folder.path, 1);
  const fs::path file = folder.path / "journal-0.jsonl";
  const std::string journal = read_file(file);
  const std::size_t last = journal.rfind('\n', journal.size() - 2) + 1;
  std::ofstream(file, std::ios::binary) << journal.substr(0, last);
  BOOST_CHECK_THROW(read_journals({folder.path}), InputError);
  std::ofstream(file, std::ios::binary) << journal << journal.substr(0, journal.find('\n') + 1);
  BOOST_CHECK_THROW(read_journals({folder.path}), InputError);
}

BOOST_AUTO_TEST_CASE(a_missing_shard_is_noticed) {
  const Folder folder;
  Journal(folder.path / "journal-1-of-3.jsonl").finish();
  Journal(folder.path / "journal-3-of-3.jsonl").finish();
  BOOST_CHECK_THROW(read_journals({folder.path}), InputError);
  Journal(folder.path / "journal-2-of-3.jsonl").finish();
  BOOST_TEST(read_journals({folder.path}).empty());
}

BOOST_AUTO_TEST_CASE(two_do_not_write_one_journal) {
  const Folder folder;
  const fs::path file = folder.path / "journal.jsonl";
  std::atomic<bool> waits = false, ended = false;
  auto first = std::make_unique<Journal>(file);
  const std::jthread other([&] {
    Journal second(file, [&] { waits = true; });
    BOOST_TEST(ended.load());
  });
  while (!waits) std::this_thread::yield();
  ended = true;
  first.reset();
}

BOOST_AUTO_TEST_CASE(a_line_that_is_none_of_ours_is_an_input_error) {
  const Folder folder;
  std::ofstream(folder.path / "journal-0.jsonl") << "{\"student\": 1}\n{}\n";
  BOOST_CHECK_THROW(Journal(folder.path / "journal-0.jsonl"), InputError);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(hand_ins)

BOOST_AUTO_TEST_CASE(exports_are_understood) {
  const std::vector<HandedFile> files{{"Alice Adams_101_assignsubmission_file_/exercise.hpp", "a"},
                                      {"bakerbob_102_9001_exercise.hpp", "b"},
                                      {"clarkcy_LATE_103_9002_my-exercise.hpp", "c"},
                                      {"submission_104/exercise.hpp", "d"},
                                      {"eve/exercise.hpp", "e"},
                                      {"frank.hpp", "f"},
                                      {"frank/notes.pdf", "x"}};
  const std::vector<Submitted> sorted = sort_submissions(files, lessons());
  BOOST_REQUIRE(sorted.size() == 6U);
  BOOST_TEST(sorted[0].student == "101");
  BOOST_TEST(sorted[0].name == "Alice Adams");
  BOOST_TEST(sorted[1].student == "102");
  BOOST_TEST(sorted[2].source == "c");
  BOOST_TEST(sorted[3].student == "104");
  BOOST_TEST(sorted[4].student == "eve");
  BOOST_TEST(sorted[5].student == "frank");
}

BOOST_AUTO_TEST_CASE(a_students_number_is_not_taken_for_a_lessons) {
  std::vector<HandedFile> files;
  for (const char* student : {"s03", "s04", "r05a", "04", "5", "team-4"})
    files.push_back({std::string(student) + "/exercise.hpp", student});
  const std::vector<Submitted> sorted = sort_submissions(files, lessons());
  BOOST_REQUIRE(sorted.size() == 6U);
  for (const Submitted& one : sorted) BOOST_TEST(one.student == one.source);
}

BOOST_AUTO_TEST_CASE(with_several_lessons_each_file_goes_to_its_own) {
  const std::vector<Lesson> both{lesson_named("04"), lesson_named("05")};
  const std::vector<HandedFile> files{{"s04/05_softmax_cross_entropy/exercise.hpp", "s04 05"},
                                      {"r05a/lesson04/exercise.hpp", "r05a 04"},
                                      {"r05a/hw-5/exercise.hpp", "r05a 05"},
                                      {"04/alice.hpp", "alice 04"},
                                      {"lab 05/alice.hpp", "alice 05"}};
  std::map<std::string, std::string> found;
  for (const Submitted& one : sort_submissions(files, both))
    found[one.student + " " + one.lesson.substr(0, 2)] = one.source;
  const std::map<std::string, std::string> wanted{{"s04 04", ""},           {"s04 05", "s04 05"},
                                                  {"r05a 04", "r05a 04"},   {"r05a 05", "r05a 05"},
                                                  {"alice 04", "alice 04"}, {"alice 05", "alice 05"}};
  BOOST_CHECK(found == wanted);
}

BOOST_AUTO_TEST_CASE(every_file_that_is_not_graded_is_told_of) {
  std::vector<std::string> told;
  const auto tell = [&](const std::string& what) { told.push_back(what); };
  BOOST_TEST(sort_submissions({{"alice/exercise.hpp", ""}, {"alice/a.hpp", ""}, {"alice/b.cpp", ""}, {"bob/c.hpp", ""}},
                              lessons(), tell)
                 .size() == 2U);
  BOOST_REQUIRE(told.size() == 1U);
  BOOST_TEST(told[0] == "alice/a.hpp and 1 more are not graded: of this student's files alice/exercise.hpp is taken");
  told.clear();
  sort_submissions({{"alice/Exercise 3/exercise.hpp", ""}, {"bob/exercise.hpp", ""}, {"bob/lesson 5/x.hpp", ""}},
                   lessons(), tell);
  BOOST_REQUIRE(told.size() == 1U);
  BOOST_TEST(told[0].starts_with("alice/Exercise 3/exercise.hpp is not graded"));
  told.clear();
  const std::vector<Lesson> both{lesson_named("04"), lesson_named("05")};
  const auto flat = sort_submissions({{"alice_04.hpp", "4"}, {"alice_05.hpp", "5"}, {"bob.hpp", ""}}, both, tell);
  BOOST_REQUIRE(flat.size() == 4U);
  BOOST_TEST((flat[0].source == "4" && flat[1].source == "5"));
  BOOST_REQUIRE(told.size() == 1U);
  BOOST_TEST(told[0].starts_with("bob.hpp is not graded"));
}

BOOST_AUTO_TEST_CASE(folders_of_lessons_that_are_not_graded_are_passed_over) {
  const std::vector<HandedFile> files{{"alice/01_perceptron/exercise.hpp", "alice 01"},
                                      {"alice/04_linear_layer/exercise.hpp", "alice 04"},
                                      {"bob/lesson 5/exercise.hpp", "bob 05"}};
  const std::vector<Submitted> sorted = sort_submissions(files, lessons());
  BOOST_REQUIRE(sorted.size() == 2U);
  BOOST_TEST(sorted[0].student == "alice");
  BOOST_TEST(sorted[0].source == "alice 04");
  BOOST_TEST(sorted[1].student == "bob");
  BOOST_TEST(sorted[1].source == "");
}

BOOST_AUTO_TEST_CASE(nobodys_work_is_taken_for_somebody_elses) {
  const auto sorted = [](const std::vector<std::string>& paths) {
    std::vector<HandedFile> files;
    for (const std::string& path : paths) files.push_back({path, "of " + path});
    std::map<std::string, std::string> found;
    for (const Submitted& one : sort_submissions(files, lessons())) found[one.student] = one.source;
    return found;
  };
  using Found = std::map<std::string, std::string>;
  // A part of everybody's work is no student.
  BOOST_TEST((sorted({"alice/src/exercise.hpp", "bob/src/exercise.hpp"}) ==
              Found{{"alice", "of alice/src/exercise.hpp"}, {"bob", "of bob/src/exercise.hpp"}}));
  // Two of one name in two groups are two.
  BOOST_TEST((
      sorted({"a/kim/exercise.hpp", "b/kim/exercise.hpp", "b/lee/exercise.hpp"}) ==
      Found{{"a_kim", "of a/kim/exercise.hpp"}, {"b_kim", "of b/kim/exercise.hpp"}, {"lee", "of b/lee/exercise.hpp"}}));
  // A folder called as another student does not replace that student's work, nor is it one more student.
  const Found inside = sorted({"alice/bob/exercise.hpp", "bob/exercise.hpp", "carol/exercise.hpp"});
  BOOST_TEST((inside == Found{{"alice", "of alice/bob/exercise.hpp"},
                              {"bob", "of bob/exercise.hpp"},
                              {"carol", "of carol/exercise.hpp"}}));
  // A lesson's number before a student's name.
  BOOST_TEST(
      (sorted({"lab-04-alice/src/exercise.hpp", "lab-04-bob/src/exercise.hpp", "4 Davis/exercise.hpp"}).size() == 3U));
  // Not from Canvas, though it looks so: a group's number is not a student's.
  BOOST_TEST((sorted({"ivanov_233_1_exercise.hpp", "orlov_233_2_exercise.hpp"}).size() == 2U));
  // What the file is called that is graded, whatever lies beside it.
  BOOST_TEST((sorted({"alice/report_04.txt", "alice/exercise.hpp", "alice/old/exercise.hpp", "bob/exercise.hpp"}) ==
              Found{{"alice", "of alice/exercise.hpp"}, {"bob", "of bob/exercise.hpp"}}));
  // One student alone.
  BOOST_TEST((sorted({"alice/notes.txt", "alice/exercise.hpp"}) == Found{{"alice", "of alice/exercise.hpp"}}));
  // Names that a report cannot show as they are come back from it, and stay apart.
  const Found unshown = sorted({"\x88\xA2\xA0\xAD/exercise.hpp", "\x8F\xA5\xE2\xE0/exercise.hpp", "\x7F/exercise.hpp"});
  BOOST_TEST(unshown.size() == 3U);
  for (const auto& [student, source] : unshown)
    BOOST_TEST(graded_from_json(to_json_line({student, student, "04_linear_layer", "", "", "", {}})).student ==
               student);
  // Names that become one when they are made safe for files.
  BOOST_TEST(sorted({"a\\b/exercise.hpp", "a_b/exercise.hpp", "c/exercise.hpp"}).size() == 3U);
  const std::string endless(121, 'x');
  BOOST_TEST(sorted({endless + "1/exercise.hpp", endless + "2/exercise.hpp", "c/exercise.hpp"}).size() == 3U);
  std::string cyrillic = "x";
  for (int i = 0; i < 70; ++i) cyrillic += "я";
  for (const auto& [student, source] : sorted({cyrillic + "1/exercise.hpp", cyrillic + "2/exercise.hpp"}))
    BOOST_TEST(graded_from_json(to_json_line({student, student, "04_linear_layer", "", "", "", {}})).student ==
               student);
}

BOOST_AUTO_TEST_CASE(a_student_cannot_write_outside_the_reports) {
  const std::vector<Submitted> sorted =
      sort_submissions({{"../../etc/exercise.hpp", ""}, {"a\\..\\b.hpp", ""}}, lessons());
  for (const Submitted& one : sorted) {
    BOOST_TEST(one.student.find('/') == std::string::npos);
    BOOST_TEST(one.student != "..");
  }
}

BOOST_AUTO_TEST_CASE(copies_with_other_names_have_one_shape) {
  BOOST_TEST(shape_of_code("int a = b; // note\n") == shape_of_code("int  x=y;"));
  BOOST_TEST(shape_of_code("int a = b;") != shape_of_code("int a = a;"));
}

BOOST_AUTO_TEST_SUITE_END()
