#include "gradwalk/tracer/record_proof.hpp"

#include <boost/test/unit_test.hpp>

#include "../lib/random_nets.hpp"
#include "gradwalk/nn/expression.hpp"
#include "gradwalk/nn/model_file.hpp"

using namespace gradwalk;

BOOST_AUTO_TEST_CASE(an_honest_record_of_any_kind_proves_itself) {
  for (const Case& c : various_cases()) {
    BOOST_TEST_CONTEXT(c.name) {
      BOOST_TEST(!first_disproof(record_step(c.net, c.x, c.loss, c.targets)).has_value());
      const Matrix<float> x(c.x.rows(), c.x.cols(), std::vector<float>(c.x.values().begin(), c.x.values().end()));
      Targets<float> targets{c.targets.labels, {}};
      targets.values = {c.targets.values.rows(), c.targets.values.cols(),
                        std::vector<float>(c.targets.values.values().begin(), c.targets.values.values().end())};
      BOOST_TEST(!first_disproof(record_step(to_float(c.net), x, c.loss, targets)).has_value());
    }
  }
  BOOST_TEST(!first_disproof(record_expression("f = log(x) / y", {{"x", -1}, {"y", 0}})).has_value());
}

BOOST_AUTO_TEST_CASE(every_number_that_is_changed_is_found) {
  const Case c = random_case({3, 5, 4}, "tanh", Loss::cross_entropy, 6, 3);
  const Record honest = record_step(c.net, c.x, c.loss, c.targets);
  for (TensorId id = 0; id < honest.tensors.size(); ++id)
    for (std::size_t i = 0; i < honest[id].size(); ++i) {
      if (honest[id].role != Role::target) {
        Record changed = honest;
        changed.tensors[id].value[i] += 1e-6;
        BOOST_TEST(first_disproof(changed).has_value(), honest.name_of({id, i}) << " was changed, and nobody saw it");
      }
      if (honest[id].gradient_state == GradientState::computed) {
        Record changed = honest;
        changed.tensors[id].gradient[i] += 1e-6;
        BOOST_TEST(first_disproof(changed).has_value(),
                   "the gradient of " << honest.name_of({id, i}) << " was changed, and nobody saw it");
      }
    }
}
