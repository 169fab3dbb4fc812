#include "gradwalk/nn/gradient_check.hpp"

#include <boost/test/unit_test.hpp>

#include "random_nets.hpp"

using namespace gradwalk;

BOOST_AUTO_TEST_CASE(the_librarys_own_gradients_are_right) {
  for (const Case& c : various_cases()) {
    BOOST_TEST_CONTEXT(c.name) {
      const Gradients<double> gradients = backward(c.net, forward(c.net, c.x), c.loss, c.targets);
      std::size_t right = 0, cannot_tell = 0;
      for (const CheckedTensor& t : check_gradients(c.net, c.x, c.loss, c.targets, gradients)) {
        BOOST_TEST(t.wrong == 0u, t.name << " has " << t.wrong << " wrong elements");
        right += t.right;
        cannot_tell += t.cannot_tell;
      }
      BOOST_TEST(right + cannot_tell == c.net.parameter_count() + c.x.size());
      BOOST_TEST(cannot_tell * 50 <= right);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_wrong_gradient_is_found_and_named) {
  const Case c = random_case({3, 7, 5, 4}, "tanh", Loss::cross_entropy, 6, 11);
  Gradients<double> gradients = backward(c.net, forward(c.net, c.x), c.loss, c.targets);
  gradients.dW[0](2, 1) *= 1.0005;
  gradients.db[2][4] = 0;
  const auto tensors = check_gradients(c.net, c.x, c.loss, c.targets, gradients);
  std::string wrong;
  for (const CheckedTensor& t : tensors)
    for (const CheckedElement& e : t.doubtful)
      if (e.judgement == Judgement::wrong) wrong += e.name + " ";
  BOOST_TEST(wrong == "W1[2,1] b2[4] ");
}
