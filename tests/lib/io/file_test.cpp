#include "gradwalk/nn/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <thread>

#include "gradwalk/nn/error.hpp"
#include "support/messages.hpp"
#include "support/temporary_folder.hpp"

using namespace gradwalk;
namespace fs = std::filesystem;

namespace {

mode_t mode_of(const fs::path& path) {
  struct stat status {};
  BOOST_REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

std::size_t files_in(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(file)

BOOST_AUTO_TEST_CASE(what_is_written_is_read) {
  const TemporaryFolder folder;
  std::string bytes(300'000, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * i);
  write_file(folder / "a", bytes);
  BOOST_TEST((read_file(folder / "a") == bytes));
  write_file(folder / "a", "");
  BOOST_TEST(read_file(folder / "a") == "");
  BOOST_TEST(files_in(folder.path()) == 1u);
}

BOOST_AUTO_TEST_CASE(a_new_file_follows_the_umask_and_an_old_one_keeps_its_mode) {
  const TemporaryFolder folder;
  const mode_t before = ::umask(027);
  write_file(folder / "new", "1");
  ::umask(before);
  BOOST_TEST(mode_of(folder / "new") == 0640u);
  ::chmod((folder / "new").c_str(), 0755);
  write_file(folder / "new", "2");
  BOOST_TEST(mode_of(folder / "new") == 0755u);
  BOOST_TEST(read_file(folder / "new") == "2");
}

BOOST_AUTO_TEST_CASE(the_umask_of_the_process_stays_what_it_is) {
  const TemporaryFolder folder;
  const mode_t before = ::umask(027);
  std::atomic<bool> done = false;
  bool open_to_all = false;
  std::thread other([&] {  // whatever another thread creates meanwhile must obey it too
    while (!done) {
      const int file = ::open((folder / "other").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
      open_to_all = open_to_all || (mode_of(folder / "other") & 0027) != 0;
      ::close(file);
      ::unlink((folder / "other").c_str());
    }
  });
  for (int i = 0; i < 2000; ++i) {
    write_file(folder / "new", "1");
    fs::remove(folder / "new");
  }
  done = true;
  other.join();
  ::umask(before);
  BOOST_TEST(!open_to_all);
}

BOOST_AUTO_TEST_CASE(a_symbolic_link_stays_one) {
  const TemporaryFolder folder;
  fs::create_directory(folder / "sub");
  fs::create_symlink("sub/file", folder / "link");
  write_file(folder / "link", "through");
  BOOST_TEST(fs::is_symlink(folder / "link"));
  BOOST_TEST(read_file(folder / "sub/file") == "through");
}

BOOST_AUTO_TEST_CASE(a_device_is_written_to_and_not_replaced) {
  write_file("/dev/null", "gone");
  BOOST_TEST(fs::is_character_file("/dev/null"));
  BOOST_CHECK_EXCEPTION(write_file("/dev/full", "x"), InputError,
                        says("cannot write /dev/full: No space left on device"));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_or_written_is_said) {
  const TemporaryFolder folder;
  const auto missing = folder / "no/such";
  BOOST_CHECK_EXCEPTION(read_file(missing), InputError,
                        says("cannot read " + missing.string() + ": there is no such file"));
  BOOST_CHECK_EXCEPTION(read_file(folder.path()), InputError, says("it is a folder"));
  BOOST_CHECK_EXCEPTION(write_file(missing, "x"), InputError,
                        says("cannot write " + missing.string() + ": there is no such folder"));
  BOOST_CHECK_EXCEPTION(write_file(folder.path(), "x"), InputError, says("it is a folder"));
  BOOST_CHECK_EXCEPTION(write_file("", "x"), InputError, says("the name of the file is empty"));
  BOOST_CHECK_EXCEPTION(check_writable(missing), InputError, says("there is no such folder"));
  BOOST_CHECK_EXCEPTION(check_writable(folder.path()), InputError, says("it is a folder"));
}

BOOST_AUTO_TEST_CASE(asking_writes_nothing) {
  const TemporaryFolder folder;
  check_writable(folder / "new");
  BOOST_TEST(!fs::exists(folder / "new"));
  BOOST_TEST(files_in(folder.path()) == 0u);
  check_writable("relative");
  check_writable("/dev/null");
}

BOOST_AUTO_TEST_CASE(a_folder_or_file_without_permission_is_left_alone) {
  if (::geteuid() == 0) {
    BOOST_TEST_MESSAGE("skipped: root may write anywhere");
    return;
  }
  const TemporaryFolder folder;
  write_file(folder / "old", "kept");
  ::chmod((folder / "old").c_str(), 0444);
  BOOST_CHECK_EXCEPTION(write_file(folder / "old", "x"), InputError, says("Permission denied"));
  ::chmod(folder.path().c_str(), 0555);
  BOOST_CHECK_EXCEPTION(write_file(folder / "new", "x"), InputError, says("Permission denied"));
  ::chmod(folder.path().c_str(), 0755);
  BOOST_TEST(read_file(folder / "old") == "kept");
}

BOOST_AUTO_TEST_SUITE_END()
