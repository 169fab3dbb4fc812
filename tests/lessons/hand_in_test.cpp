// What a teacher hands over: archives as course systems write them, a roster as spreadsheets write it.
#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "gradwalk/harness/places.hpp"
#include "gradwalk/harness/submissions.hpp"
#include "gradwalk/nn/error.hpp"

using namespace gradwalk;
using namespace gradwalk::harness;
namespace fs = std::filesystem;

namespace {

using Archive = std::unique_ptr<archive, int (*)(archive*)>;

struct Member {
  std::string path, bytes;
  unsigned type = AE_IFREG;
};

void write_archive(const fs::path& path, const std::function<void(archive*)>& set_kind,
                   const std::vector<Member>& members) {
  const Archive out(archive_write_new(), archive_write_free);
  set_kind(out.get());
  BOOST_REQUIRE(archive_write_open_filename(out.get(), path.c_str()) == ARCHIVE_OK);
  for (const Member& member : members) {
    const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(), archive_entry_free);
    archive_entry_set_pathname(entry.get(), member.path.c_str());
    archive_entry_set_filetype(entry.get(), member.type);
    archive_entry_set_perm(entry.get(), 0644);
    if (member.type == AE_IFLNK) archive_entry_set_symlink(entry.get(), "/etc/passwd");
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(member.bytes.size()));
    BOOST_REQUIRE(archive_write_header(out.get(), entry.get()) == ARCHIVE_OK);
    archive_write_data(out.get(), member.bytes.data(), member.bytes.size());
  }
  BOOST_REQUIRE(archive_write_close(out.get()) == ARCHIVE_OK);
}

void plain_tar(archive* out) { archive_write_set_format_pax(out); }

std::vector<HandedFile> read_without_loss(const fs::path& path) {
  return read_hand_in(path, [](const std::string& what) { BOOST_ERROR(what); });
}

std::string write(const fs::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
  return file.string();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hand_in)

BOOST_AUTO_TEST_CASE(every_usual_compression_is_read_whatever_the_file_is_called) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "class";
  for (const auto add_filter :
       {archive_write_add_filter_none, archive_write_add_filter_gzip, archive_write_add_filter_bzip2,
        archive_write_add_filter_xz, archive_write_add_filter_zstd, archive_write_add_filter_compress}) {
    write_archive(file, [&](archive* out) { plain_tar(out), add_filter(out); },
                  {{"ada/exercise.hpp", "struct Linear {"}});
    const std::vector<HandedFile> files = read_without_loss(file);
    BOOST_REQUIRE(files.size() == 1U);
    BOOST_TEST(files[0].path == "ada/exercise.hpp");
    BOOST_TEST(files[0].bytes == "struct Linear {");
  }
  write_archive(file, [](archive* out) { archive_write_set_format_zip(out); }, {{"ada.hpp", "struct Linear {"}});
  BOOST_TEST(read_without_loss(file).size() == 1U);
}

BOOST_AUTO_TEST_CASE(no_program_is_run_for_a_compression) {
  const TemporaryFolder folder;
  const fs::path was_run = folder.path() / "was_run";
  for (const char* program : {"grzip", "lrzip", "lzop"}) {
    const std::string script = write(folder.path() / program, "#!/bin/sh\n: >" + was_run.string() + "\n");
    chmod(script.c_str(), 0755);
  }
  const std::string path = std::getenv("PATH");
  setenv("PATH", (folder.path().string() + ":" + path).c_str(), 1);
  using namespace std::string_literals;
  for (const std::string& magic : {"GRZipII\0\2\4:)"s, "LRZI\0\6"s, "\x89LZO\0\r\n\x1a\n"s}) {
    const std::string file = write(folder.path() / "class.tar", magic + std::string(4000, '\0'));
    BOOST_CHECK_THROW(read_without_loss(file), InputError);
  }
  setenv("PATH", path.c_str(), 1);
  BOOST_TEST(!fs::exists(was_run));
}

BOOST_AUTO_TEST_CASE(what_is_left_out_is_told) {
  const TemporaryFolder folder;
  std::string endless = "bob/exercise.hpp";
  endless.insert(0, 4100, 'x');
  const std::string large((4 << 20) + 1, ' ');
  const fs::path tar = folder.path() / "class.tar";
  write_archive(
      tar, plain_tar,
      {{"ada/exercise.hpp", "1"}, {endless, "2"}, {"bob/exercise.hpp", large}, {"eve/exercise.hpp", "", AE_IFLNK}});
  std::vector<std::string> told;
  const auto tell = [&](const std::string& what) { told.push_back(what); };
  const auto readable = [](const std::vector<HandedFile>& files) {
    return std::count_if(files.begin(), files.end(), [](const HandedFile& file) { return file.readable; });
  };
  const std::vector<HandedFile> in_tar = read_hand_in(tar, tell);
  BOOST_TEST((in_tar.size() == 4U && readable(in_tar) == 1));
  BOOST_REQUIRE(told.size() == 3U);
  BOOST_TEST((told[0].starts_with("xxxx") && told[0].ends_with("its path is longer than 4096 letters")), told[0]);
  BOOST_TEST(told[0].size() < 200U);
  BOOST_TEST(told[1] == "bob/exercise.hpp is left out: it is larger than 4 MB");
  BOOST_TEST(told[2] == "eve/exercise.hpp is left out: it is not a plain file");

  told.clear();
  fs::create_directories(folder.path() / "class" / "bob");
  write(folder.path() / "class" / "bob" / "exercise.hpp", large);
  fs::create_symlink("/etc/passwd", folder.path() / "class" / "eve.hpp");
  write(folder.path() / "class" / ".hidden.hpp", "");
  const std::vector<HandedFile> in_folder = read_hand_in(folder.path() / "class", tell);
  BOOST_TEST((in_folder.size() == 2U && readable(in_folder) == 0));
  BOOST_TEST(told.size() == 3U);
  // Their students have handed in something, and are in the class.
  BOOST_TEST(sort_submissions(in_folder, {lesson_named("04")}).size() == 2U);
}

BOOST_AUTO_TEST_CASE(of_two_entries_of_one_name_the_later_is_read) {
  const TemporaryFolder folder;
  write_archive(folder.path() / "class.tar", plain_tar, {{"ada/exercise.hpp", "old"}, {"ada/exercise.hpp", "new"}});
  const std::vector<HandedFile> files = read_without_loss(folder.path() / "class.tar");
  BOOST_REQUIRE(files.size() == 1U);
  BOOST_TEST(files[0].bytes == "new");
}

BOOST_AUTO_TEST_CASE(a_roster_may_have_semicolons) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "roster.csv";
  for (const char* text : {"id,name\n7,\"Adams; Ada\"\n8,Bob\n", "\xEF\xBB\xBFid;name\r\n7;\"Adams; Ada\"\r\n8;Bob\r\n",
                           "First name;Last name;ID\n\"Adams;\";Ada;7\nBob;;8\n"}) {
    write(file, text);
    const Roster roster = read_roster(file);
    BOOST_REQUIRE(roster.by_column.size() == 1U);
    const Roster::Names& names = roster.by_column[0];
    BOOST_REQUIRE(names.size() == 2U);
    BOOST_TEST(names.at("7") == "Adams; Ada");
    BOOST_TEST(names.at("8").starts_with("Bob"));
  }
}

/// Python writes a zip as Moodle does: names in UTF-8, and flagged so.
BOOST_AUTO_TEST_CASE(a_name_in_any_script_is_a_students) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "class.zip";
  const std::string script =
      "import sys, zipfile\n"
      "with zipfile.ZipFile(sys.argv[1], 'w') as z:\n"
      "  for name in ('Анна', 'José', 'Alice'): z.writestr(name + '/exercise.hpp', '')\n";
  BOOST_REQUIRE(
      std::system(("/usr/bin/python3 " + write(folder.path() / "zip.py", script) + " " + file.string()).c_str()) == 0);
  const std::vector<HandedFile> files = read_without_loss(file);
  BOOST_REQUIRE(files.size() == 3U);
  BOOST_TEST(files[0].path == "Alice/exercise.hpp");
  BOOST_TEST(files[1].path == "José/exercise.hpp");
  BOOST_TEST(files[2].path == "Анна/exercise.hpp");
}

/// Python writes the name as it is told to: here as the Windows of Russia and of Spain do.
BOOST_AUTO_TEST_CASE(names_in_the_alphabets_of_dos_are_understood) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "class.zip";
  const std::string script =
      "import sys, zipfile\n"
      "class Dos(zipfile.ZipInfo):\n"
      "  def _encodeFilenameFlags(self): return self.filename.encode(self.alphabet), self.flag_bits\n"
      "with zipfile.ZipFile(sys.argv[1], 'w') as z:\n"
      "  for name, alphabet in (('Анна Ким', 'cp866'), ('José Núñez', 'cp850')):\n"
      "    info = Dos(name + '/exercise.hpp'); info.alphabet = alphabet; z.writestr(info, '')\n";
  BOOST_REQUIRE(
      std::system(("/usr/bin/python3 " + write(folder.path() / "zip.py", script) + " " + file.string()).c_str()) == 0);
  const std::vector<HandedFile> files = read_without_loss(file);
  BOOST_REQUIRE(files.size() == 2U);
  BOOST_TEST(files[0].path == "José Núñez/exercise.hpp");
  BOOST_TEST(files[1].path == "Анна Ким/exercise.hpp");
}

BOOST_AUTO_TEST_CASE(who_handed_in_something_else_is_in_the_class_and_told_of) {
  std::vector<std::string> told;
  const std::vector<Submitted> all =
      sort_submissions({{"ada/Exercise.HPP", "a"},
                        {"bob/work.zip", "b"},
                        {"eve/exercise.hpp", "e"},
                        {"eve/notes.pdf", ""},
                        {"carol", "c"}},
                       {lesson_named("04")}, [&](const std::string& what) { told.push_back(what); });
  BOOST_REQUIRE(all.size() == 3U);
  BOOST_TEST(all[0].source == "a");
  BOOST_TEST((all[1].student == "bob" && all[1].file.empty()));
  BOOST_TEST(all[2].source == "e");
  BOOST_REQUIRE(told.size() == 2U);
  BOOST_TEST(told[0].starts_with("carol is not graded"));
  BOOST_TEST(told[1].starts_with("bob/work.zip is not graded"));
}

BOOST_AUTO_TEST_CASE(a_student_of_the_roster_who_handed_in_nothing_is_in_the_class) {
  const std::vector<Lesson> lessons{lesson_named("04")};
  std::vector<Submitted> all = sort_submissions({{"bob/exercise.hpp", "b"}}, lessons);
  apply_roster({{{{"ada", "Ada L."}, {"bob", "Bob B."}}}}, lessons, all,
               [](const std::string& what) { BOOST_ERROR(what); });
  BOOST_REQUIRE(all.size() == 2U);
  BOOST_TEST((all[0].name == "Ada L." && all[0].file.empty()));
  BOOST_TEST((all[1].name == "Bob B." && all[1].source == "b"));
  std::vector<std::string> told;
  apply_roster({{{{"4711", "Ada L."}}}}, lessons, all, [&](const std::string& what) { told.push_back(what); });
  BOOST_TEST(all.size() == 2U);
  BOOST_TEST(told.size() == 1U);
}

/// The headings and the cells are those of the systems' own exports.
BOOST_AUTO_TEST_CASE(a_roster_is_what_the_course_system_exports) {
  const TemporaryFolder folder;
  const std::vector<Lesson> lessons{lesson_named("04")};
  const struct {
    const char *file, *roster;
  } exports[] = {
      {"Ada L_1000_assignsubmission_file_/exercise.hpp",
       "Identifier,\"Full name\",\"Email address\",Status,Grade\n\"Participant 1000\",Ada,ada@x.org,-,-\n"
       "\"Participant 1001\",Bob,bob@x.org,-,-\n"},
      {"Ada L_1000_assignsubmission_file_/exercise.hpp",
       "Идентификатор,\"Полное имя\",\"Адрес электронной почты\"\n\"Участник 1000\",Ada,ada@x.org\n\"Участник "
       "1001\",Bob,bob@x.org\n"},
      {"ada_1000_77_exercise.hpp",
       "Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\nAda,1000,,ada,A\nBob,1001,,bob,A\n"},
      {"submission_1000/exercise.hpp",
       "First Name,Last Name,SID,Email,Submission ID\nAda,,s7,ada@x.org,1000\nBob,,s8,bob@x.org,1001\n"},
      {"ada@x.org/exercise.hpp", "Имя,Фамилия,Логин,Адрес электронной почты\nAda,,a7,ada@x.org\nBob,,b8,bob@x.org\n"},
  };
  for (const auto& one : exports) {
    BOOST_TEST_CONTEXT(one.roster) {
      std::vector<Submitted> all = sort_submissions({{one.file, "a"}}, lessons);
      apply_roster(read_roster(write(folder.path() / "roster.csv", one.roster)), lessons, all,
                   [](const std::string& what) { BOOST_ERROR(what); });
      BOOST_REQUIRE(all.size() == 2U);
      BOOST_TEST((all[0].name.starts_with("Ada") && all[0].source == "a"));
      BOOST_TEST((all[1].name.starts_with("Bob") && all[1].file.empty()));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_moodle_class_without_folders_is_sorted_like_one_with_folders) {
  const std::vector<Submitted> all =
      sort_submissions({{"Ada B_12_assignsubmission_file_exercise.hpp", "a"},
                        {"Bob_13_assignsubmission_file_04_linear_layer.hpp", "b"},
                        {"Bob_13_assignsubmission_file_05_softmax_cross_entropy.hpp", "c"}},
                       {lesson_named("04"), lesson_named("05")});
  BOOST_REQUIRE(all.size() == 4U);
  BOOST_TEST((all[0].student == "12" && all[0].name == "Ada B" && all[1].student == "12"));
  BOOST_TEST((all[2].student == "13" && all[2].source == "b" && all[3].source == "c"));
}

BOOST_AUTO_TEST_CASE(gradescopes_metadata_names_the_students) {
  const std::string metadata =
      "---\nsubmission_123:\n  :submitters:\n  - :name: Ada Lovelace\n    :sid: '1'\n    :email: ada@x.org\n"
      "  - :name: 'Miles O''Brien'\n    :sid:\n  :created_at: 2026-01-01 10:00:00.000000000 Z\n  :score: 3.0\n"
      "  :results:\n    :tests:\n    - :name: not a student\n"
      "submission_124:\n  :submitters:\n  - :name: \"Bob \\\"B\\\"\"\r\n";
  std::vector<std::string> told;
  const std::vector<Submitted> all =
      sort_submissions({{"assignment_9_export/submission_123/exercise.hpp", "a"},
                        {"assignment_9_export/submission_124/exercise.hpp", "b"},
                        {"assignment_9_export/submission_125/exercise.hpp", "c"},
                        {"assignment_9_export/submission_metadata.yml", metadata}},
                       {lesson_named("04")}, [&](const std::string& what) { told.push_back(what); });
  BOOST_TEST(told.empty());
  BOOST_REQUIRE(all.size() == 3U);
  BOOST_TEST((all[0].student == "123" && all[0].name == "Ada Lovelace, Miles O'Brien"));
  BOOST_TEST(all[1].name == "Bob \"B\"");
  BOOST_TEST(all[2].name == "125");
}

BOOST_AUTO_TEST_SUITE_END()
