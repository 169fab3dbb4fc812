#include "gradwalk/nn/npz.hpp"

#include <boost/test/unit_test.hpp>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "support/messages.hpp"
#include "support/temporary_folder.hpp"

using namespace gradwalk;

namespace {

NpzWriter small_archive() {
  NpzWriter npz;
  npz.add_array("step0/W1", {.shape = {2, 3}, .values = std::vector<double>{1, 2, 3, 4, 5, 6}});
  npz.add_array("y", {.shape = {2}, .values = std::vector<std::int64_t>{7, -8}});
  npz.add_file("record.json", "{}\n");
  return npz;
}

/// Replaces the first (or last) place of `what`, which must be of the same length.
std::string altered(std::string bytes, const std::string& what, const std::string& with, bool last = false) {
  const std::size_t at = last ? bytes.rfind(what) : bytes.find(what);
  BOOST_REQUIRE(at != std::string::npos);
  BOOST_REQUIRE(what.size() == with.size());
  return bytes.replace(at, what.size(), with);
}

void read_all(const std::string& bytes) {
  const NpzReader npz(bytes, "t.npz");
  for (const std::string& name : npz.array_names()) npz.array(name);
  for (const std::string& name : npz.file_names()) npz.file(name);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(npz)

BOOST_AUTO_TEST_CASE(what_is_written_is_read) {
  const TemporaryFolder folder;
  small_archive().write(folder / "a.npz");
  const NpzReader npz(folder / "a.npz");
  BOOST_TEST(npz.array_names() == (std::vector<std::string>{"step0/W1", "y"}), boost::test_tools::per_element());
  BOOST_TEST(npz.file_names() == (std::vector<std::string>{"record.json"}), boost::test_tools::per_element());
  BOOST_TEST((npz.array("step0/W1") == NpyArray{{2, 3}, std::vector<double>{1, 2, 3, 4, 5, 6}}));
  BOOST_TEST((npz.array("y") == NpyArray{{2}, std::vector<std::int64_t>{7, -8}}));
  BOOST_TEST(npz.file("record.json") == "{}\n");
  BOOST_TEST(npz.has_array("y"));
  BOOST_TEST(!npz.has_array("record.json"));
  BOOST_TEST(!npz.has_file("y"));
}

BOOST_AUTO_TEST_CASE(the_same_content_gives_the_same_bytes) {
  BOOST_TEST((small_archive().bytes() == small_archive().bytes()));
}

BOOST_AUTO_TEST_CASE(an_empty_archive) {
  const NpzReader npz(NpzWriter().bytes(), "t.npz");
  BOOST_TEST(npz.array_names().empty());
}

BOOST_AUTO_TEST_CASE(more_members_than_a_zip_without_zip64_holds) {
  NpzWriter many;
  for (int i = 0; i < 70'000; ++i) many.add_file(std::to_string(i), std::to_string(-i));
  const NpzReader npz(many.bytes(), "many.npz");
  BOOST_TEST(npz.file_names().size() == 70'000u);
  BOOST_TEST(npz.file("69999") == "-69999");
}

BOOST_AUTO_TEST_CASE(names_that_are_not_there) {
  const NpzReader npz(small_archive().bytes(), "t.npz");
  BOOST_CHECK_EXCEPTION(npz.array("W2"), InputError, says("t.npz: it has no array W2; it has step0/W1, y"));
  BOOST_CHECK_EXCEPTION(npz.file("model.json"), InputError,
                        says("t.npz: it has no file model.json; it has record.json"));
}

BOOST_AUTO_TEST_CASE(a_name_stands_only_once) {
  NpzWriter npz = small_archive();
  BOOST_CHECK_THROW(npz.add_file("record.json", ""), ShapeError);
}

BOOST_AUTO_TEST_CASE(damaged_archives) {
  const std::string whole = small_archive().bytes();
  const auto refused = [](const std::string& bytes, const std::string& message) {
    BOOST_CHECK_EXCEPTION(read_all(bytes), InputError, says("t.npz: " + message));
  };
  refused("", "this is not an .npz file");
  refused("a,b,c\n1,2,3\n", "this is not an .npz file");
  refused("PK", "the archive is cut off");
  refused(whole.substr(0, whole.size() / 2), "the archive is cut off");
  refused(whole.substr(0, whole.size() - 1), "the archive is cut off");
  refused(altered(whole, "{}\n", "[]\n"), "record.json is damaged (its checksum is wrong)");
  refused(altered(whole, "PK\x01\x02", "PK\x01\x09"), "its directory is damaged");
  refused(altered(whole, "PK\x03\x04", "PK\x03\x09", true), "the header of record.json is missing");
}

BOOST_AUTO_TEST_CASE(every_cut_is_noticed) {
  const std::string whole = small_archive().bytes();
  for (std::size_t size = 0; size < whole.size(); ++size)
    BOOST_CHECK_THROW(read_all(whole.substr(0, size)), InputError);
}

BOOST_AUTO_TEST_CASE(a_changed_number_is_noticed) {
  const std::string whole = small_archive().bytes();
  const std::size_t numbers = whole.find("step0/W1.npy") + 12 + 128;
  for (std::size_t i = numbers; i < numbers + 48; ++i) {
    std::string bytes = whole;
    bytes[i] = static_cast<char>(bytes[i] ^ 1);
    BOOST_CHECK_EXCEPTION(read_all(bytes), InputError, says("step0/W1.npy is damaged"));
  }
}

BOOST_AUTO_TEST_SUITE_END()
