#include <boost/test/unit_test.hpp>

#include "gradwalk/nn/error.hpp"
#include "random_nets.hpp"

using namespace gradwalk;

namespace {

Record small() {
  const Case c = random_case({3, 7, 4}, "tanh", Loss::cross_entropy, 6, 5);
  return record_step(c.net, c.x, c.loss, c.targets);
}

std::string refusal(const std::string& name) {
  try {
    small().element(name);
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace

BOOST_AUTO_TEST_CASE(names_are_the_lessons) {
  std::string names;
  for (const Tensor& t : small().tensors) names += t.name + " ";
  BOOST_TEST(names == "x W1 b1 z1 a1 W2 b2 z2 p y L ");
}

BOOST_AUTO_TEST_CASE(elements_are_found_and_named_back) {
  const Record record = small();
  for (const char* name : {"W1[6,2]", "b1[3]", "x[5,0]", "L"}) BOOST_TEST(record.name_of(record.element(name)) == name);
  BOOST_TEST(record.element("W1[6,2]").index == 6u * 3 + 2);
  BOOST_TEST(record.element("W1[ 6, 2]").index == 6u * 3 + 2);
}

BOOST_AUTO_TEST_CASE(a_wrong_name_is_told_what_exists) {
  BOOST_TEST(refusal("W9[0,0]") ==
             "the record has no 'W9': there are x(6, 3), W1(7, 3), b1(7), z1(6, 7), a1(6, 7), W2(4, 7), b2(4), z2(6, "
             "4), p(6, 4), y(6), L");
  BOOST_TEST(refusal("W1[7,0]") == "'W1[7,0]' is outside W1, shape (7, 3): the last is W1[6,2]");
  BOOST_TEST(refusal("W1[1]") == "'W1[1]' is not an element of W1, shape (7, 3): write it as W1[0,0]");
  BOOST_TEST(refusal("W1") == "'W1' has shape (7, 3): name one element of it, such as W1[0,0]");
  for (const char* name : {"W1[1,2", "W1[-1,0]", "W1[,]", "W1[]", "W1[1,2]]", "", "[", "W1[99999999999999999999,0]"})
    BOOST_TEST(refusal(name) != "accepted", name);
}
