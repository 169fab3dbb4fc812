#include "gradwalk/nn/csv.hpp"

#include <boost/test/unit_test.hpp>

#include "gradwalk/nn/error.hpp"
#include "support/messages.hpp"

using namespace gradwalk;

namespace {

using Words = std::vector<std::string>;

void check_rows(const CsvTable& table, std::size_t cols, const std::vector<double>& values, const Words& labels) {
  BOOST_TEST(table.values.cols() == cols);
  BOOST_TEST(table.values.values() == values, boost::test_tools::per_element());
  BOOST_TEST(table.labels == labels, boost::test_tools::per_element());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(csv)

BOOST_AUTO_TEST_CASE(header_and_last_column_as_label) {
  const CsvTable table = parse_csv("length,width,kind\n1.5,-2,a\n3e2,+4,b\n", "t");
  check_rows(table, 2, {1.5, -2, 300, 4}, {"a", "b"});
  BOOST_TEST(table.names == (Words{"length", "width"}), boost::test_tools::per_element());
  BOOST_TEST(table.label_name == "kind");
  BOOST_TEST(table.lines == (std::vector<std::size_t>{2, 3}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(no_header) {
  const CsvTable table = parse_csv("1,2,0\n3,4,1", "t");
  check_rows(table, 2, {1, 2, 3, 4}, {"0", "1"});
  BOOST_TEST(table.names == (Words{"x1", "x2"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(separators_line_ends_marks_and_blanks) {
  for (const std::string text : {"a,b,c\r\n1,2,x\r\n", "a;b;c\n1;2;x\n", "a\tb\tc\n1\t2\tx\n",
                                 "\xef\xbb\xbf"
                                 "a,b,c\n1,2,x\n",
                                 "a,b,c\r1,2,x\r", "\n\n a , b , c \n\n 1 ,\t2, x \n\n"}) {
    check_rows(parse_csv(text, "t"), 2, {1, 2}, {"x"});
    BOOST_TEST(parse_csv(text, "t").names == (Words{"a", "b"}), boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(quotes) {
  const CsvTable table = parse_csv("\"a, first\";b;c\n\"1\"; \"2\" ;\"say \"\"x\"\"\nthen y\"\n3;4;z\n", "t");
  check_rows(table, 2, {1, 2, 3, 4}, {"say \"x\"\nthen y", "z"});
  BOOST_TEST(table.names[0] == "a, first");
  BOOST_TEST(table.lines == (std::vector<std::size_t>{2, 4}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_label_may_be_any_column) {
  check_rows(parse_csv("kind,p,q\na,1,2\n", "t", "kind"), 2, {1, 2}, {"a"});
  check_rows(parse_csv("kind,p,q\na,1,2\n", "t", "1"), 2, {1, 2}, {"a"});
  check_rows(parse_csv("1,b,2\n", "t", "2"), 2, {1, 2}, {"b"});
  BOOST_CHECK_EXCEPTION(parse_csv("p,q\n1,2\n", "t.csv", "kind"), InputError,
                        says("t.csv: it has no column 'kind' for the label; it has 1 to 2, p, q"));
  BOOST_CHECK_EXCEPTION(parse_csv("1,2\n", "t.csv", "3"), InputError, says("it has no column '3'"));
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_said_with_its_place) {
  const auto refused = [](const std::string& text, const std::string& message) {
    BOOST_CHECK_EXCEPTION(parse_csv(text, "t.csv"), InputError, says("t.csv" + message));
  };
  refused("a,b,c\n1,2,x\n1,oops,x\n", ", line 3, column 2: 'oops' is not a number");
  refused("1,oops,x\n", ", line 1, column 2: 'oops' is not a number");
  refused("1,2,x\n1,2.5.1,x\n", ", line 2, column 2: '2.5.1' is not a number");
  refused("1,2,x\n\n1,nan,x\n", ", line 3, column 2: 'nan' is not a finite number");
  refused("1,2,x\n-inf,2,x\n", ", line 2, column 1: '-inf' is not a finite number");
  refused("1,2,x\n1e999,2,x\n", ", line 2, column 1: '1e999' is not a finite number");
  refused("1,2,x\n1,,x\n", ", line 2, column 2: the cell is empty");
  refused("1,2,x\n1,2,\n", ", line 2, column 3: the cell is empty");
  refused("a,b,c\n1,2,x\n1,2\n", ", line 3: there are 2 cells, but line 1 has 3");
  refused("1,2,x\n1,2,x,\n", ", line 2: there are 4 cells, but line 1 has 3");
  refused("1,2,x\n1,2,\"x\n3,4,y\n", ", line 2: a quotation mark is not closed");
  refused("1,2,\"x\"y\n", ", line 1: there is text behind a closing quotation mark");
  refused("", ": the file is empty");
  refused("\n\n", ": the file is empty");
  refused("a,b,c\n", ": there is no line of data below the header");
  refused("1\n2\n", ", line 1: there is one column");
  refused(std::string("\xff\xfe"
                      "1\0,\0",
                      6),
          ": the text is UTF-16");
  refused("1,2,x\n1," + std::string(100, 'y') + ",x\n", ", line 2, column 2: '" + std::string(40, 'y') + "…' is not");
  refused(
      "1,2,x\n1,a\x01"
      "b,x\n",
      ", line 2, column 2: 'a?b' is not a number");
}

BOOST_AUTO_TEST_CASE(a_number_too_small_for_a_double_is_zero) {
  check_rows(parse_csv("1e-999,4.9e-324,x\n", "t"), 2, {0, 4.9406564584124654e-324}, {"x"});
}

BOOST_AUTO_TEST_SUITE_END()
