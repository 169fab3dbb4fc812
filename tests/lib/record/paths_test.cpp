#include "gradwalk/nn/paths.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "gradwalk/nn/expression.hpp"
#include "gradwalk/nn/rules.hpp"
#include "random_nets.hpp"

using namespace gradwalk;

namespace {

struct Enumerated {
  std::vector<double> products;
  std::size_t multiplications = 0;
};

/// Every path from `at` to the loss, one by one.
void enumerate(const Record& record, Element at, double product, std::size_t edges, Enumerated& found) {
  if (at.tensor == record.loss()) {
    found.products.push_back(product);
    found.multiplications += edges - 1;
    return;
  }
  for (const Op& op : record.ops)
    for (std::size_t slot = 0; slot < op.inputs.size(); ++slot)
      if (op.inputs[slot] == at.tensor)
        for_each_output(record, op, slot, at.index, [&](std::size_t out, double local) {
          enumerate(record, {op.output, out}, product * local, edges + 1, found);
        });
}

void check_against_enumeration(const Record& record, Element target) {
  Enumerated all;
  enumerate(record, target, 1, 0, all);
  std::stable_sort(all.products.begin(), all.products.end(),
                   [](double a, double b) { return std::abs(a) > std::abs(b); });
  double sum = 0;
  for (double p : all.products) sum += p;
  for (std::size_t count : {1u, 5u, 100000u}) {
    const PathLedger ledger = largest_paths(record, target, count);
    BOOST_TEST_REQUIRE(ledger.paths.size() == std::min(count, all.products.size()));
    BOOST_TEST(ledger.total_paths == std::to_string(all.products.size()));
    BOOST_TEST(ledger.remaining_paths == std::to_string(all.products.size() - ledger.paths.size()));
    BOOST_TEST(ledger.by_enumeration == std::to_string(all.multiplications));
    BOOST_TEST(std::abs(ledger.total - sum) <= 1e-14);
    BOOST_TEST(std::abs(ledger.residual) <= 1e-14);
    double listed = 0;
    for (std::size_t k = 0; k < ledger.paths.size(); ++k) {
      const Path& path = ledger.paths[k];
      BOOST_TEST(std::abs(std::abs(path.contribution) - std::abs(all.products[k])) <= 1e-15);
      BOOST_TEST(path.nodes.size() == path.factors.size() + 1);
      BOOST_TEST(record.name_of(path.nodes.front()) == record[record.loss()].name);
      BOOST_TEST((path.nodes.back() == target));
      double product = 1;
      for (double factor : path.factors) product *= factor;
      BOOST_TEST(std::abs(product - path.contribution) <= 1e-15);
      listed += path.contribution;
    }
    BOOST_TEST(std::abs(listed + ledger.remaining_sum - sum) <= 1e-14);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_largest_paths_are_those_of_brute_force) {
  for (const Case& c : various_cases()) {
    BOOST_TEST_CONTEXT(c.name) {
      const Record record = record_step(c.net, c.x, c.loss, c.targets);
      for (const char* target : {"W1[2,1]", "b1[3]", "x[4,0]"})
        check_against_enumeration(record, record.element(target));
    }
  }
}

BOOST_AUTO_TEST_CASE(paths_of_an_expression_with_reuse) {
  const Record record = record_expression("b = a + a; c = b * b; d2 = c * a + exp(b)", {{"a", 0.3}});
  check_against_enumeration(record, record.element("a"));
  BOOST_TEST(largest_paths(record, record.element("a"), 3).total_paths == "7");  // 2·(2 + 1) through b, and one direct
}

BOOST_AUTO_TEST_CASE(the_work_of_backprop_is_one_multiplication_for_each_edge) {
  const Case c = random_case({2, 3, 2}, "tanh", Loss::cross_entropy, 2, 3);
  const Record record = record_step(c.net, c.x, c.loss, c.targets);
  // N = 2. linear 1: x and W1 2·2·3 each, b1 2·3; tanh 2·3; linear 2: 2·3·2 each, b2 2·2; softmax 2·2·2; loss 2·2.
  BOOST_TEST(largest_paths(record, record.element("W1[0,0]"), 1).by_backprop ==
             std::to_string(12 + 12 + 6 + 6 + 12 + 12 + 4 + 8 + 4));
}

BOOST_AUTO_TEST_CASE(more_paths_than_64_bits_count) {
  const Case c = random_case(std::vector<std::size_t>(12, 100), "tanh", Loss::softmax_cross_entropy, 1, 3);
  const Record record = record_step(c.net, c.x, c.loss, c.targets);
  const PathLedger ledger = largest_paths(record, record.element("W1[0,0]"), 2);
  BOOST_TEST(ledger.total_paths == "1" + std::string(20, '0'));  // 100^10: ten linear layers behind the first, one row
}
