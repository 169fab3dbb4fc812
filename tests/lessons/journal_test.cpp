// What the journal holds comes back from it: a value that could not be read would lose a whole class.
#include "gradwalk/harness/journal.hpp"

#include <boost/test/unit_test.hpp>
#include <limits>

#include "gradwalk/nn/error.hpp"

using namespace gradwalk;
using namespace gradwalk::harness;

namespace {

Graded graded(Fault fault, Outcome outcome = Outcome::answered, CompileOutcome compiled = CompileOutcome::compiled) {
  Graded one{"id", "Имя \"в кавычках\"", "04_linear_layer", "a/b.hpp", "f1", "5a", {}};
  one.verdict.compiled.outcome = compiled;
  OutputVerdict output;
  output.name = "dW";
  output.step = "dW";
  output.fault = fault;
  output.first = "dW[0,1]";
  output.wanted = 0.1;
  output.got = std::numeric_limits<double>::quiet_NaN();
  output.inputs_right = false;
  output.explanations.push_back({"sign", "with the sign turned", {"a term"}, {{"z", "W"}}});
  CheckVerdict check;
  check.id = "dims";
  check.run.outcome = outcome;
  check.outputs.push_back(output);
  one.verdict.checks.push_back(check);
  return one;
}

void comes_back(const Graded& one) {
  const std::string line = to_json_line(one);
  BOOST_TEST(to_json_line(graded_from_json(line)) == line);
}

/// Every value from 0 until one has no name: a new one that has no name yet is a warning of the compiler's.
template <class E, class Use>
int for_each_value(Use use) {
  int count = 0;
  for (; !name_of(static_cast<E>(count)).empty(); ++count) use(static_cast<E>(count));
  return count;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(journal_lines)

BOOST_AUTO_TEST_CASE(every_fault_comes_back) {
  const int count = for_each_value<Fault>([](Fault fault) {
    comes_back(graded(fault));
    BOOST_TEST((graded_from_json(to_json_line(graded(fault))).verdict.checks[0].outputs[0].fault == fault));
  });
  BOOST_TEST(count == static_cast<int>(Fault::unproven) + 1);
}

BOOST_AUTO_TEST_CASE(every_outcome_and_status_comes_back) {
  for_each_value<Outcome>([](Outcome outcome) { comes_back(graded(Fault::none, outcome)); });
  for_each_value<CompileOutcome>(
      [](CompileOutcome outcome) { comes_back(graded(Fault::none, Outcome::answered, outcome)); });
  for_each_value<Status>([](Status status) {
    Graded one = graded(Fault::none);
    one.verdict.status = status;
    comes_back(one);
  });
  for_each_value<StepStatus>([](StepStatus status) {
    Graded one = graded(Fault::none);
    one.verdict.steps.push_back({{"forward", "z", 2}, status, 1});
    comes_back(one);
  });
}

BOOST_AUTO_TEST_CASE(a_value_that_nobody_knows_is_one_clear_line) {
  std::string line = to_json_line(graded(Fault::unproven));
  line.replace(line.find("unproven"), 8, "magnetic");
  BOOST_CHECK_EXCEPTION(graded_from_json(line), InputError, [](const InputError& error) {
    return std::string(error.what()).find("\"magnetic\"") != std::string::npos;
  });
}

BOOST_AUTO_TEST_SUITE_END()
