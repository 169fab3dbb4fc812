#include "gradwalk/nn/terms.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/model_file.hpp"
#include "random_nets.hpp"

using namespace gradwalk;

namespace {

/// Every element of every gradient must be the sum of its terms, to `ulps` units in the last place of the terms' size.
std::size_t check_all_sums(const Record& record, double epsilon, double ulps) {
  std::size_t checked = 0;
  for (TensorId id = 0; id < record.tensors.size(); ++id) {
    if (record[id].gradient_state != GradientState::computed) continue;
    for (std::size_t i = 0; i < record[id].size(); ++i) {
      const TermSum sum = terms_of(record, {id, i});
      double size = 0;
      for (const Term& term : sum.terms) {
        size += std::abs(term.contribution);
        BOOST_TEST(term.contribution == term.upstream * term.local);
      }
      BOOST_TEST(std::abs(sum.residual) <= ulps * epsilon * size, record.name_of({id, i})
                                                                      << " has residual " << sum.residual);
      ++checked;
    }
  }
  return checked;
}

}  // namespace

BOOST_AUTO_TEST_CASE(terms_sum_to_every_gradient_of_every_kind_of_net) {
  for (const Case& c : various_cases()) {
    BOOST_TEST_CONTEXT(c.name) {
      const Record record = record_step(c.net, c.x, c.loss, c.targets);
      BOOST_TEST(check_all_sums(record, 0x1p-52, 4) > 100u);
    }
  }
}

BOOST_AUTO_TEST_CASE(terms_sum_to_the_gradients_of_a_float_net) {
  const Case c = random_case({3, 7, 5, 4}, "tanh", Loss::cross_entropy, 6, 5);
  Matrix<float> x(c.x.rows(), c.x.cols(), std::vector<float>(c.x.values().begin(), c.x.values().end()));
  Targets<float> targets;
  targets.labels = c.targets.labels;
  const Record record = record_step(to_float(c.net), x, c.loss, targets);
  BOOST_TEST(record.provenance.dtype == "float32");
  BOOST_TEST(check_all_sums(record, 0x1p-23, 8) > 150u);
}

BOOST_AUTO_TEST_CASE(a_weight_has_one_term_for_each_row_of_the_batch) {
  const Case c = random_case({3, 7, 4}, "tanh", Loss::cross_entropy, 6, 5);
  const Record record = record_step(c.net, c.x, c.loss, c.targets);
  const TermSum sum = terms_of(record, record.element("W1[2,1]"));
  BOOST_TEST_REQUIRE(sum.terms.size() == 6u);
  for (std::size_t n = 0; n < 6; ++n) {
    BOOST_TEST(record.name_of(sum.terms[n].source) == "z1[" + std::to_string(n) + ",2]");
    BOOST_TEST(sum.terms[n].local == c.x(n, 1));  // ∂z1[n,2]/∂W1[2,1] = x[n,1]
  }
}

BOOST_AUTO_TEST_CASE(the_loss_is_the_seed_and_a_target_has_no_gradient) {
  const Case c = random_case({3, 7, 4}, "tanh", Loss::cross_entropy, 6, 5);
  const Record record = record_step(c.net, c.x, c.loss, c.targets);
  const TermSum seed = terms_of(record, record.element("L"));
  BOOST_TEST(seed.terms.empty());
  BOOST_TEST(seed.gradient == 1);
  BOOST_TEST(seed.residual == 0);
  BOOST_CHECK_THROW(terms_of(record, record.element("y[0]")), InputError);
}
