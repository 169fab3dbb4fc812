#include "gradwalk/nn/npy.hpp"

#include <boost/test/unit_test.hpp>

#include "gradwalk/nn/error.hpp"
#include "support/messages.hpp"

// numpy_test.py compares with NumPy itself; here are the headers that NumPy would never write, and bytes laid by hand.

using namespace gradwalk;

namespace {

std::string npy_of(const std::string& header, const std::string& data, char version = 1) {
  std::string bytes = "\x93NUMPY";
  bytes += version;
  bytes += '\0';
  bytes += static_cast<char>(header.size() & 0xff);
  bytes += static_cast<char>(header.size() >> 8);
  if (version > 1) bytes += std::string(2, '\0');
  return bytes + header + data;
}

std::string header_of(const std::string& descr, const std::string& shape, const std::string& fortran = "False") {
  return "{'descr': '" + descr + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }\n";
}

template <class T>
void check_values(const NpyArray& array, const std::vector<T>& expected) {
  BOOST_REQUIRE(std::holds_alternative<std::vector<T>>(array.values));
  BOOST_TEST(std::get<std::vector<T>>(array.values) == expected, boost::test_tools::per_element());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(npy)

BOOST_AUTO_TEST_CASE(byte_orders) {
  check_values<std::int64_t>(parse_npy(npy_of(header_of("<i2", "(2,)"), std::string("\x01\x02\xff\xff", 4)), "a"),
                             {0x201, -1});
  check_values<std::int64_t>(parse_npy(npy_of(header_of(">i2", "(2,)"), std::string("\x01\x02\xff\xfe", 4)), "a"),
                             {0x102, -2});
  check_values<std::int64_t>(parse_npy(npy_of(header_of("|u1", "(2,)"), "\x01\xff"), "a"), {1, 255});
  check_values<double>(parse_npy(npy_of(header_of(">f8", "()"), std::string("\x3f\xf8\0\0\0\0\0\0", 8)), "a"), {1.5});
  check_values<float>(parse_npy(npy_of(header_of("<f4", "()"), std::string("\0\0\x20\xc0", 4)), "a"), {-2.5F});
}

BOOST_AUTO_TEST_CASE(all_versions_and_any_order_of_the_keys) {
  const std::string header = "{\"shape\":(1,2L) , 'descr':\"|i1\",'fortran_order':False}";
  for (const char version : {1, 2, 3}) {
    const NpyArray array = parse_npy(npy_of(header, "\x05\x06", version), "a");
    BOOST_TEST(array.shape == (std::vector<std::size_t>{1, 2}), boost::test_tools::per_element());
    check_values<std::int64_t>(array, {5, 6});
  }
}

BOOST_AUTO_TEST_CASE(fortran_order) {
  // Column by column: (0,0) (1,0) (0,1) (1,1) (0,2) (1,2).
  const NpyArray array = parse_npy(npy_of(header_of("|u1", "(2, 3)", "True"), "\x01\x04\x02\x05\x03\x06"), "a");
  check_values<std::int64_t>(array, {1, 2, 3, 4, 5, 6});
}

BOOST_AUTO_TEST_CASE(damaged_files) {
  const std::string data(48, '\0');
  const auto refused = [](const std::string& bytes, const std::string& message) {
    BOOST_CHECK_EXCEPTION(parse_npy(bytes, "w.npy"), InputError, says("w.npy: " + message));
  };
  refused("", "this is not a .npy file");
  refused("PK\x03\x04 something else", "this is not a .npy file");
  refused("\x93NUMPY\x01", "the .npy header is cut off");
  refused(npy_of(header_of("<f8", "(2, 3)"), data, 9), "version 9");
  refused(npy_of(header_of("<f8", "(2, 3)"), data).substr(0, 40), "the .npy header is cut off");
  refused(npy_of(header_of("<f8", "(2, 3)"), data.substr(1)),
          "its header promises 48 bytes of numbers, but there are 47");
  refused(npy_of(header_of("<f8", "(2, 3)"), data + "x"), "its header promises 48 bytes of numbers, but there are 49");
  refused(npy_of(header_of("<f8", "(4294967296, 4294967296)"), data), "its header promises too many bytes");
  refused(npy_of(header_of("<f8", "(18446744073709551616,)"), data), "the .npy header is damaged");
  refused(npy_of(header_of("<f8", "(-1,)"), data), "the .npy header is damaged");
  refused(npy_of(header_of("<c16", "(3,)"), data), "it holds elements of type '<c16'");
  refused(npy_of(header_of("<f2", "(24,)"), data), "it holds elements of type '<f2'");
  refused(npy_of(header_of("|O", "(6,)"), data), "the .npy header is damaged");
  refused(npy_of("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (6,)}", data), "it holds records");
  refused(npy_of("{'descr': '<f8', 'shape': (6,)}", data), "the .npy header is damaged");
  refused(npy_of("{'descr': '<f8', 'fortran_order': False, 'shape': (6,)", data), "the .npy header is damaged");
  refused(npy_of(header_of("<u8", "(1,)"), "\xff\xff\xff\xff\xff\xff\xff\xff"), "it holds an integer above");
}

BOOST_AUTO_TEST_CASE(a_shape_that_does_not_fit_is_not_written) {
  BOOST_CHECK_THROW(to_npy({.shape = {2, 2}, .values = std::vector<double>(3)}), ShapeError);
}

BOOST_AUTO_TEST_CASE(numbers_begin_at_a_multiple_of_64) {
  for (const auto& shape : {std::vector<std::size_t>{}, {3}, {3, 1, 1, 1, 1, 1}}) {
    const std::size_t count = shape.empty() ? 1 : 3;
    const std::string bytes = to_npy({.shape = shape, .values = std::vector<float>(count, 1)});
    BOOST_TEST((bytes.size() - 4 * count) % 64 == 0u);
    BOOST_TEST((parse_npy(bytes, "a").shape == shape));
  }
}

BOOST_AUTO_TEST_SUITE_END()
