#include "gradwalk/harness/trace.hpp"

#include <boost/test/unit_test.hpp>
#include <set>

#include "gradwalk/harness/draw.hpp"
#include "gradwalk/harness/mistake.hpp"
#include "gradwalk/nn/error.hpp"

using namespace gradwalk;
using namespace gradwalk::harness;

namespace {

/// x = (1 2; 3 4), W = (5 6), b = 7, dz = (10; 100), by hand: z = (24; 46), dW = (310 420), db = 110, dx = (50 60; 500
/// 600).
Trace by_hand() {
  Trace t;
  t.input("x", {2, 2}, {1, 2, 3, 4});
  t.parameter("W", {1, 2}, {5, 6});
  t.parameter("b", {1}, {7});
  t.op(OpKind::linear, {"x", "W", "b"}, "z");
  t.backward("z", {10, 100});
  return t;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(traces)

BOOST_AUTO_TEST_CASE(a_linear_layer_by_hand) {
  const Trace t = by_hand();
  const auto is = [&](const char* name, const std::vector<double>& values) {
    BOOST_TEST(t.tensor(name).values == values, boost::test_tools::per_element());
  };
  is("z", {24, 46});
  is("dW", {310, 420});
  is("db", {110});
  is("dx", {50, 60, 500, 600});
}

BOOST_AUTO_TEST_CASE(differences_confirm_right_gradients_and_only_those) {
  Trace t = by_hand();
  const TensorId W = t.record.tensor("W");
  BOOST_TEST(agrees_with_differences(t, W));
  t.record.tensors[W].gradient[0] *= 1.0005;
  BOOST_TEST(!agrees_with_differences(t, W));
}

BOOST_AUTO_TEST_CASE(shapes_that_do_not_fit_are_refused) {
  Trace t;
  t.input("x", {2, 3}, std::vector<double>(6));
  t.parameter("W", {4, 2}, std::vector<double>(8));
  t.parameter("b", {4}, std::vector<double>(4));
  BOOST_CHECK_THROW(t.op(OpKind::linear, {"x", "W", "b"}, "z"), ShapeError);
  BOOST_CHECK_THROW(t.input("y", {2}, {1}), ShapeError);
  BOOST_CHECK_THROW(t.tensor("dq"), ShapeError);
}

BOOST_AUTO_TEST_CASE(the_catalogue_holds_mistakes_for_every_kind_of_op) {
  std::set<std::string_view> ids;
  for (const Mistake& mistake : catalogue()) ids.insert(mistake.id);
  BOOST_TEST(ids.size() >= 30U);
}

BOOST_AUTO_TEST_CASE(an_altered_trace_has_the_wrong_numbers_that_a_hand_computes) {
  const Trace t = by_hand();
  for (const Alteration& alteration : possible_alterations(t, nullptr)) {
    const Trace wrong = altered(t, nullptr, {&alteration, 1});
    const auto is = [&](const char* name, const std::vector<double>& values) {
      BOOST_TEST(wrong.tensor(name).values == values, boost::test_tools::per_element());
    };
    if (alteration.mistake->id == "bias-left-out") is("z", {17, 39});
    if (alteration.mistake->id == "last-row-only" && alteration.slot == 1) is("dW", {300, 400});
    if (alteration.mistake->id == "upstream-left-out" && alteration.slot == 1) is("dW", {4, 6});
    if (alteration.mistake->id == "local-left-out" && alteration.slot == 1) is("dW", {110, 110});
    if (alteration.mistake->id == "divided-by-batch" && alteration.slot == 2) is("db", {55});
    if (alteration.mistake->id == "dx-input-for-weights") is("dx", {10, 20, 300, 400});
  }
}

BOOST_AUTO_TEST_SUITE_END()
